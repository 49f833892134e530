package io.refugium.conformance.streams;

import io.refugium.conformance.ServerProcess;
import java.io.IOException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One server for all tests of a class, and databases for each in it. */
final class SharedServer implements BeforeAllCallback, AfterAllCallback {
  private ServerProcess process;
  private Client admin;

  @Override
  public void beforeAll(ExtensionContext context) {
    process = ServerProcess.start();
    admin = client(ServerProcess.SECRET);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    admin.close();
    process.close();
  }

  /** The administrator of the root database. */
  Client admin() {
    return admin;
  }

  /** Makes a database; gives its administrator, for the caller to close. */
  Client database(String name) throws IOException, InterruptedException {
    admin.query("Database.create({name: '" + name + "'})\n0");
    return client(ServerProcess.SECRET + ":" + name + ":admin");
  }

  /** Whoever has this secret, for the caller to close. */
  Client client(String secret) {
    return new Client(process, secret);
  }
}
