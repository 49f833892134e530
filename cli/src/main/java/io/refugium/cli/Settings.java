package io.refugium.cli;

import io.refugium.storage.Durability;
import java.nio.file.Path;
import java.util.Set;

/**
 * How a server is to run.
 *
 * @param port 0 chooses a free one
 * @param data the directory of the data
 * @param secret the root secret in clear; never printed
 * @param keyHosts hosts of identity providers that need no valid certificate
 */
record Settings(
    String host, int port, Path data, String secret, Durability durability, Set<String> keyHosts) {

  @Override
  public String toString() {
    return "Settings[" + host + ":" + port + ", " + data + ", " + durability + "]";
  }
}
