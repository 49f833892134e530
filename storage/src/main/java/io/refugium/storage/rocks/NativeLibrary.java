package io.refugium.storage.rocks;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.jar.JarEntry;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads RocksDB's native code from a copy beside the data. RocksDB itself would unpack its library
 * into the system's temporary directory at every start, which takes longer and, whenever the
 * process is killed, leaves the copy behind for good.
 */
final class NativeLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

  private NativeLibrary() {}

  /** Makes RocksDB usable; {@code directory} keeps the copy and is made if necessary. */
  static void load(Path directory) {
    try {
      if (unpack(directory)) {
        // The JVM loads code from absolute paths only.
        RocksDB.loadLibrary(List.of(directory.toAbsolutePath().toString()));
        return;
      }
    } catch (IOException | UnsatisfiedLinkError e) {
      LOG.info(
          "cannot load native code from {}, using a temporary copy: {}", directory, e.toString());
    }
    RocksDB.loadLibrary();
  }

  /**
   * Whether the library for this machine and this version of RocksDB is in {@code directory} now.
   */
  private static boolean unpack(Path directory) throws IOException {
    URL packed = RocksDB.class.getResource("/" + Environment.getJniLibraryFileName("rocksdb"));
    if (packed == null || !(packed.openConnection() instanceof JarURLConnection jar)) {
      return false;
    }
    JarEntry entry = jar.getJarEntry();
    FileTime time = FileTime.fromMillis(entry.getTime());
    // The name under which RocksDB.loadLibrary(paths) looks for it.
    Path unpacked = directory.resolve(Environment.getJniLibraryFileName("rocksdbjni"));
    if (Files.exists(unpacked)
        && Files.size(unpacked) == entry.getSize()
        && Files.getLastModifiedTime(unpacked).equals(time)) {
      return true;
    }
    Files.createDirectories(directory);
    Path partial = directory.resolve("unpacking");
    try (InputStream in = jar.getInputStream()) {
      Files.copy(in, partial, StandardCopyOption.REPLACE_EXISTING);
    }
    Files.setLastModifiedTime(partial, time);
    Files.move(partial, unpacked, StandardCopyOption.ATOMIC_MOVE);
    return true;
  }
}
