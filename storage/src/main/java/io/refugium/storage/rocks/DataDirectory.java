package io.refugium.storage.rocks;

import io.refugium.storage.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * The directory of a store: {@code LOCK} (held while open, names the process), {@code FORMAT} (what
 * this is, written last when a store is made, so that a directory with one is complete), {@code
 * rocks/}, {@code native/} (RocksDB's own code, unpacked; may be deleted), and {@code backups/}
 * (see {@link Backups}).
 *
 * <p>Invariant: from {@link #open} to {@link #close} no other store uses the directory.
 */
final class DataDirectory implements AutoCloseable {
  private static final String LOCK_FILE = "LOCK";
  private static final String FORMAT_FILE = "FORMAT";
  private static final String ROCKS_DIRECTORY = "rocks";
  private static final String NATIVE_DIRECTORY = "native";
  private static final String BACKUPS_DIRECTORY = "backups";
  private static final String UNFINISHED_FORMAT_FILE = "FORMAT.partial";
  private static final Set<String> OURS =
      Set.of(LOCK_FILE, UNFINISHED_FORMAT_FILE, ROCKS_DIRECTORY, NATIVE_DIRECTORY);
  private static final String FORMAT = "refugium-store 1";

  private final Path path;
  private final FileChannel lockChannel;

  private DataDirectory(Path path, FileChannel lockChannel) {
    this.path = path;
    this.lockChannel = lockChannel;
  }

  /**
   * Takes possession of {@code path}, which is created if it does not exist.
   *
   * @throws StorageException.Locked when another store has it
   * @throws StorageException.Unsuitable when something else is in it, or another format
   */
  static DataDirectory open(Path path) {
    try {
      if (Files.exists(path) && !Files.isDirectory(path)) {
        throw new StorageException.Unsuitable(path + " is not a directory");
      }
      if (!Files.exists(path)) {
        Files.createDirectories(path, ownerOnly(path));
      }
      requireOurs(path);
      DataDirectory directory = new DataDirectory(path, lock(path));
      requireKnownFormat(path, directory);
      return directory;
    } catch (IOException e) {
      throw RocksErrors.translate("cannot use the directory " + path, e);
    }
  }

  /** What a new directory is made with: nobody but its owner has any business in there. */
  static FileAttribute<?>[] ownerOnly(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void requireOurs(Path path) throws IOException {
    if (Files.exists(path.resolve(FORMAT_FILE))) {
      return;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
      for (Path entry : entries) {
        if (!OURS.contains(entry.getFileName().toString())) {
          throw new StorageException.Unsuitable(
              path + " is not empty and holds no Refugium data; choose another directory");
        }
      }
    }
  }

  private static void requireKnownFormat(Path path, DataDirectory directory) throws IOException {
    Path file = path.resolve(FORMAT_FILE);
    if (!Files.exists(file)) {
      return;
    }
    byte[] found = Files.readAllBytes(file);
    if (!new String(found, StandardCharsets.UTF_8).strip().equals(FORMAT)) {
      directory.close();
      throw new StorageException.Unsuitable(
          path + " was written in a format this version of Refugium does not know");
    }
  }

  private static FileChannel lock(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path.resolve(LOCK_FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    if (tryLock(channel) == null) {
      String owner = ownerOf(channel);
      channel.close();
      throw new StorageException.Locked(
          "the directory "
              + path
              + " is in use by "
              + owner
              + "; stop it or choose another directory");
    }
    channel.truncate(0);
    channel.write(utf8(Long.toString(ProcessHandle.current().pid())), 0);
    return channel;
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  private static String ownerOf(FileChannel channel) throws IOException {
    ByteBuffer pid = ByteBuffer.allocate(32);
    channel.read(pid, 0);
    String text = StandardCharsets.UTF_8.decode(pid.flip()).toString().strip();
    return text.isEmpty() ? "another process" : "process " + text;
  }

  /** Whether a store was completely made here before. */
  boolean holdsStore() {
    return Files.exists(path.resolve(FORMAT_FILE));
  }

  /** The directory itself. */
  Path path() {
    return path;
  }

  /** Where RocksDB keeps its files. */
  Path rocks() {
    return path.resolve(ROCKS_DIRECTORY);
  }

  /** Where the native code is unpacked. */
  Path nativeCode() {
    return path.resolve(NATIVE_DIRECTORY);
  }

  /** Where its backups are kept. */
  Path backups() {
    return path.resolve(BACKUPS_DIRECTORY);
  }

  /** The file that says what {@code path} is. */
  static Path formatIn(Path path) {
    return path.resolve(FORMAT_FILE);
  }

  /** Whether a store in {@code path} is complete and has never been opened. */
  static boolean isUntouched(Path path) {
    return Files.exists(path.resolve(FORMAT_FILE)) && !Files.exists(path.resolve(LOCK_FILE));
  }

  /** Declares the store in this directory complete. */
  void markComplete() {
    writeFormat(path);
  }

  /** Where RocksDB's files of a copy in {@code path} belong. */
  static Path rocksIn(Path path) {
    return path.resolve(ROCKS_DIRECTORY);
  }

  /** Declares the store in {@code path} complete; durable when it returns. */
  static void writeFormat(Path path) {
    Path unfinished = path.resolve(UNFINISHED_FORMAT_FILE); // a device may be full
    try {
      try (FileChannel file =
          FileChannel.open(
              unfinished,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        file.write(utf8(FORMAT + "\n"));
        file.force(true);
      }
      Files.move(unfinished, formatIn(path), StandardCopyOption.ATOMIC_MOVE);
      sync(path);
    } catch (IOException e) {
      throw RocksErrors.translate("cannot write to the directory " + path, e);
    }
  }

  /** Makes durable which files are in a directory. */
  static void sync(Path path) throws IOException {
    try (FileChannel directory = FileChannel.open(path, StandardOpenOption.READ)) {
      directory.force(true);
    }
  }

  private static ByteBuffer utf8(String text) {
    return StandardCharsets.UTF_8.encode(text);
  }

  @Override
  public void close() {
    try {
      lockChannel.close(); // releases the lock
    } catch (IOException e) {
      throw RocksErrors.translate("cannot release the directory " + path, e);
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
