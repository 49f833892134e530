package io.refugium.storage.rocks;

import io.refugium.storage.StorageException;
import io.refugium.storage.StorageLimits;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of a store in a directory of its own, each named by its time and complete by itself: a
 * store can be opened in it, or in a copy of it. Files that never change any more are shared with
 * the store by hard links where the file system has them, so a backup takes little time and, at
 * first, little room; as the store replaces its files, the backup alone keeps the old ones.
 *
 * <p>Invariant: what has the name of a backup is one, complete and durable. What is being made or
 * removed has another name, and is gone after the next start. A backup in which a store was opened
 * is that store's directory from then on: it counts no more and is never removed.
 *
 * <p>Thread-safe; one backup is made at a time.
 */
public final class Backups {
  private static final Logger LOG = LoggerFactory.getLogger(Backups.class);

  /** Sorted as texts they are in order of time; no file system and no copying tool minds them. */
  private static final DateTimeFormatter NAME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private static final String NAME_PATTERN = "\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{6}Z";
  private static final String UNFINISHED = ".partial";

  private final RocksStore store;
  private final Path data;
  private final Path home;
  private final ReentrantLock making = new ReentrantLock();

  /** The backups of a store, in the directory that it has possession of. */
  Backups(RocksStore store, DataDirectory directory) {
    this.store = store;
    this.data = directory.path();
    this.home = directory.backups();
  }

  /**
   * A backup that was made.
   *
   * @param directory where it is, absolute
   * @param bytes the sizes of its files, shared ones included
   * @param lastCommit the time of the newest commit in it, microseconds since the epoch: it has
   *     every commit up to then and none after
   * @param removed the older backups that were removed for it
   */
  public record Backup(Path directory, long bytes, long lastCommit, List<Path> removed) {}

  /**
   * Makes a backup, while everybody goes on reading and writing. It has every commit that was
   * acknowledged before the call.
   *
   * @param keep how many backups to keep, this one included: once it is complete, the oldest are
   *     removed; empty to keep all
   * @throws IllegalArgumentException when {@code keep} is not from 1 to {@link
   *     StorageLimits#MAX_BACKUPS}
   * @throws StorageException.Busy when another one is being made
   * @throws StorageException.Full when the device has too little room, or there are {@link
   *     StorageLimits#MAX_BACKUPS} of them and all are to be kept
   * @throws StorageException.Io when it cannot be made, or an older one not be removed
   */
  public Backup make(OptionalInt keep) {
    keep.ifPresent(Backups::requireKeepable);
    if (!making.tryLock()) {
      throw new StorageException.Busy("another backup is being made; try again when it is done");
    }
    try {
      prepareHome();
      List<Path> older = complete();
      if (keep.isEmpty() && older.size() >= StorageLimits.MAX_BACKUPS) {
        throw new StorageException.Full(
            home + " has " + older.size() + " backups; remove some, or say how many to keep", null);
      }
      requireRoom();
      Path directory = home.resolve(nameAfter(older));
      long lastCommit = copyTo(directory);
      long bytes = sizeOf(directory);
      List<Path> removed = keep.isEmpty() ? List.of() : removeOldest(older, keep.getAsInt() - 1);
      return new Backup(directory.toAbsolutePath().normalize(), bytes, lastCommit, removed);
    } catch (IOException e) {
      throw RocksErrors.translate("cannot make a backup in " + home, e);
    } finally {
      removeUnfinished();
      making.unlock();
    }
  }

  private static void requireKeepable(int keep) {
    if (keep < 1 || keep > StorageLimits.MAX_BACKUPS) {
      throw new IllegalArgumentException(
          "from 1 to " + StorageLimits.MAX_BACKUPS + " backups can be kept, not " + keep);
    }
  }

  private void prepareHome() throws IOException {
    if (!store.isWritable()) {
      throw new StorageException.Io(
          "cannot make a backup: a write has failed, and the store knows its state for certain only"
              + " when it is opened again",
          null);
    }
    if (!Files.exists(home)) {
      Files.createDirectory(home, DataDirectory.ownerOnly(home));
      DataDirectory.sync(data);
    }
  }

  /** The backups there are, oldest first. */
  private List<Path> complete() throws IOException {
    try (Stream<Path> entries = Files.list(home)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches(NAME_PATTERN))
          .filter(DataDirectory::isUntouched)
          .sorted()
          .toList();
    }
  }

  /** The present, but later than every other name: the clock may have stepped back. */
  private String nameAfter(List<Path> older) {
    Instant time = Instant.EPOCH.plus(store.readPoint(), ChronoUnit.MICROS);
    if (!older.isEmpty()) {
      Instant newest = NAME.parse(older.getLast().getFileName().toString(), Instant::from);
      time = time.isAfter(newest) ? time : newest;
    }
    String name = NAME.format(time);
    while (Files.exists(home.resolve(name))) {
      time = time.plus(1, ChronoUnit.MICROS);
      name = NAME.format(time);
    }
    return name;
  }

  private void requireRoom() throws IOException {
    long needed = StorageLimits.BACKUP_RESERVE_BYTES;
    if (!sharesFiles()) {
      needed += store.stats().diskBytes();
    }
    long free = home.toFile().getUsableSpace();
    if (free < needed) {
      throw new StorageException.Full(
          "too little room in %s for a backup: %d bytes are free, %d are needed"
              .formatted(home, free, needed),
          null);
    }
  }

  /** Whether files of the store can be linked to; otherwise they are copied. */
  private boolean sharesFiles() throws IOException {
    Path link = home.resolve("link" + UNFINISHED);
    Files.deleteIfExists(link);
    try {
      Files.createLink(link, DataDirectory.formatIn(data));
    } catch (UnsupportedOperationException | FileSystemException _) {
      return false;
    }
    Files.delete(link);
    return true;
  }

  /** Returns the time of the newest commit in the copy. */
  private long copyTo(Path directory) throws IOException {
    Path unfinished = unfinished(directory);
    long lastCommit = store.checkpoint(unfinished);
    rename(unfinished, directory);
    return lastCommit;
  }

  private static Path unfinished(Path backup) {
    return backup.resolveSibling(backup.getFileName() + UNFINISHED);
  }

  private void rename(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    DataDirectory.sync(home);
  }

  private static long sizeOf(Path directory) throws IOException {
    long bytes = 0;
    try (Stream<Path> entries = Files.walk(directory)) {
      for (Path file : entries.filter(Files::isRegularFile).toList()) {
        bytes += Files.size(file);
      }
    }
    return bytes;
  }

  private List<Path> removeOldest(List<Path> backups, int keep) throws IOException {
    List<Path> removed = new ArrayList<>();
    for (Path backup : backups.subList(0, Math.max(0, backups.size() - keep))) {
      rename(backup, unfinished(backup)); // and so it is none, before its first file goes
      removed.add(backup.toAbsolutePath().normalize());
    }
    return removed;
  }

  /** Removes what is not, or no longer, a backup. Not to be called while one is being made. */
  void removeUnfinished() {
    if (!Files.isDirectory(home)) {
      return;
    }
    try (Stream<Path> entries = Files.list(home)) {
      for (Path entry : entries.filter(path -> path.toString().endsWith(UNFINISHED)).toList()) {
        delete(entry);
      }
    } catch (IOException e) {
      LOG.warn("cannot remove unfinished backups from {}: {}", home, e.toString());
    }
  }

  private static void delete(Path path) throws IOException {
    try (Stream<Path> entries = Files.walk(path)) {
      for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(entry);
      }
    }
  }
}
