package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.storage.Commit;
import io.refugium.storage.CommitResult.Committed;
import io.refugium.storage.Cursor;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Reader;
import io.refugium.storage.Version;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process that commits under load with SIGKILL, again and again in the same directory, and
 * after each time opens the store and looks: every acknowledged commit is there at its time, none
 * is there by half, and times go on increasing. The number of kills is the system property {@code
 * refugium.crash.rounds}.
 */
class CrashTest {
  private static final int ROUNDS = Integer.getInteger("refugium.crash.rounds", 20);

  @TempDir Path temp;
  private final Random random = new Random();
  private final long[] acknowledged = new long[CrashVictim.WRITERS];
  private long acknowledgements;
  private long lastTime;

  private record Acknowledgement(int writer, long number, long time) {
    static Acknowledgement parse(String line) {
      String[] fields = line.split(" ");
      return new Acknowledgement(
          Integer.parseInt(fields[0]), Long.parseLong(fields[1]), Long.parseLong(fields[2]));
    }
  }

  @Test
  void nothingAcknowledgedIsLostAndNothingIsThereByHalf() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      List<Acknowledgement> claims = runAndKill();
      try (RocksStore store = RocksStore.open(directory(), RocksSettings.defaults())) {
        verify(store, claims);
      }
    }
    assertThat(acknowledgements).isGreaterThan(10L * ROUNDS);
  }

  private Path directory() {
    return temp.resolve("data");
  }

  private List<Acknowledgement> runAndKill() throws IOException, InterruptedException {
    Process victim = startVictim();
    List<Acknowledgement> claims = new ArrayList<>();
    try (BufferedReader lines = victim.inputReader(StandardCharsets.UTF_8)) {
      int patience = 1 + random.nextInt(600);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        claims.add(Acknowledgement.parse(line));
        if (claims.size() == patience) {
          victim
              .toHandle()
              .destroyForcibly(); // unlike the process itself, leaves the pipe to be read
        }
      }
    } catch (ArrayIndexOutOfBoundsException | NumberFormatException e) {
      throw new AssertionError("a line was torn that was written at once", e);
    }
    assertThat(victim.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(victim.exitValue()).as("killed, not failed").isEqualTo(128 + 9);
    acknowledgements += claims.size();
    return claims;
  }

  private Process startVictim() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx128m",
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            CrashVictim.class.getName(),
            directory().toString())
        .redirectError(new File(temp.toFile(), "stderr"))
        .start();
  }

  private void verify(RocksStore store, List<Acknowledgement> claims) {
    try (Reader reader = store.reader()) {
      for (Acknowledgement claim : claims) {
        assertThat(claim.time).isGreaterThan(lastTime).isLessThanOrEqualTo(reader.at());
        acknowledged[claim.writer] = Math.max(acknowledged[claim.writer], claim.number);
        for (int part = 0; part < CrashVictim.PARTS; part++) {
          Version version = reader.get(CrashVictim.partKey(part, claim.writer, claim.number));
          assertThat(version).as("%s, part %d", claim, part).isNotNull();
          assertThat(version.time()).isEqualTo(claim.time);
        }
      }
      verifyWholeness(reader);
      verifyMoney(reader);
    }
    lastTime =
        ((Committed) store.commit(Commit.at(0).put(new byte[] {1}, new byte[0]).build())).time();
    claims.forEach(claim -> assertThat(claim.time).isLessThan(lastTime));
  }

  /** Every commit that is there is there with all its parts at one time. */
  private void verifyWholeness(Reader reader) {
    for (int writer = 0; writer < CrashVictim.WRITERS; writer++) {
      Version last = reader.get(CrashVictim.lastKey(writer));
      long committed = CrashVictim.number(last);
      assertThat(committed).isBetween(acknowledged[writer], acknowledged[writer] + 1);
      acknowledged[writer] = committed;
      for (long number = committed + 1; number > Math.max(0, committed - 50); number--) {
        List<Version> parts = new ArrayList<>();
        for (int part = 0; part < CrashVictim.PARTS; part++) {
          parts.add(reader.get(CrashVictim.partKey(part, writer, number)));
        }
        if (number > committed) {
          assertThat(parts).containsOnlyNulls();
        } else {
          assertThat(parts).doesNotContainNull();
          assertThat(parts.stream().map(Version::time).distinct()).hasSize(1);
        }
      }
    }
  }

  private static void verifyMoney(Reader reader) {
    long total = 0;
    for (int account = 0; account < CrashVictim.ACCOUNTS; account++) {
      total += CrashVictim.number(reader.get(CrashVictim.accountKey(account)));
    }
    assertThat(total).isZero();
    for (Direction direction : Direction.values()) {
      Cursor cursor = reader.scan(KeyRange.all(), direction, 0);
      long keys = 0;
      while (cursor.next()) {
        keys++;
      }
      assertThat(keys).isPositive();
    }
  }
}
