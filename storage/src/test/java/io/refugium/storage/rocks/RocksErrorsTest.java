package io.refugium.storage.rocks;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.storage.StorageException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

class RocksErrorsTest {
  private static RocksDBException rocks(Status.Code code, Status.SubCode subCode, String state) {
    return new RocksDBException(new Status(code, subCode, state));
  }

  @Test
  void aFullDeviceIsFullHoweverItIsSaid() {
    RocksDBException bySubCode = rocks(Status.Code.IOError, Status.SubCode.NoSpace, "write");
    RocksDBException byText =
        rocks(Status.Code.IOError, Status.SubCode.None, "While appending: No space left on device");
    for (RocksDBException e : new RocksDBException[] {bySubCode, byText}) {
      assertThat(RocksErrors.translate("cannot write commits", e))
          .isInstanceOf(StorageException.Full.class)
          .hasMessageStartingWith("cannot write commits: no space left")
          .hasCause(e);
    }
    assertThat(RocksErrors.translate("x", new IOException("No space left on device")))
        .isInstanceOf(StorageException.Full.class);
  }

  @Test
  void damageIsCorrupt() {
    RocksDBException e = rocks(Status.Code.Corruption, Status.SubCode.None, "bad block");
    assertThat(RocksErrors.translate("cannot read", e))
        .isInstanceOf(StorageException.Corrupt.class)
        .hasMessageContaining("bad block")
        .hasMessageContaining("restore");
    RocksDBException missing =
        rocks(Status.Code.InvalidArgument, Status.SubCode.None, "does not exist");
    assertThat(RocksErrors.translateOpening("cannot open", missing))
        .isInstanceOf(StorageException.Corrupt.class);
  }

  @Test
  void theRestIsIo() {
    RocksDBException e = rocks(Status.Code.IOError, Status.SubCode.None, "Input/output error");
    assertThat(RocksErrors.translate("cannot read", e))
        .isInstanceOf(StorageException.Io.class)
        .hasMessageContaining("Input/output error");
    assertThat(RocksErrors.translate("cannot read", new IOException("Permission denied")))
        .isInstanceOf(StorageException.Io.class);
  }
}
