package io.refugium.cli;

import io.refugium.storage.Durability;
import java.nio.file.Path;

/**
 * How a server is to run.
 *
 * @param port 0 chooses a free one
 * @param data the directory of the data
 * @param secret the root secret in clear; never printed
 */
record Settings(String host, int port, Path data, String secret, Durability durability) {

  @Override
  public String toString() {
    return "Settings[" + host + ":" + port + ", " + data + ", " + durability + "]";
  }
}
