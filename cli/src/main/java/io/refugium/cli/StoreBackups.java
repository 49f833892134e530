package io.refugium.cli;

import io.refugium.server.BackupEndpoint;
import io.refugium.storage.StorageException;
import io.refugium.storage.StorageLimits;
import io.refugium.storage.rocks.Backups;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The backups of the store, as the server offers them; each, and each failure, is logged. */
record StoreBackups(Backups backups) implements BackupEndpoint.Backups {
  private static final Logger LOG = LoggerFactory.getLogger(StoreBackups.class);

  @Override
  public int most() {
    return StorageLimits.MAX_BACKUPS;
  }

  @Override
  public BackupEndpoint.Backup make(OptionalInt keep) throws BackupEndpoint.Refused {
    try {
      Backups.Backup made = backups.make(keep);
      LOG.info("made the backup {}, removed {}", made.directory(), made.removed());
      return new BackupEndpoint.Backup(
          made.directory(),
          made.bytes(),
          Instant.EPOCH.plus(made.lastCommit(), ChronoUnit.MICROS),
          made.removed());
    } catch (StorageException e) {
      LOG.warn("no backup: {}", e.getMessage());
      throw new BackupEndpoint.Refused(e.getMessage(), e);
    }
  }
}
