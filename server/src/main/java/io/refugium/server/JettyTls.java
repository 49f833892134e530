package io.refugium.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * TLS with a certificate that may be exchanged while the server runs: the files are looked at now
 * and then, and new connections use what they have become. A pair that cannot be used is told in
 * the log and not used.
 */
final class JettyTls extends AbstractLifeCycle {
  private static final Logger LOG = LoggerFactory.getLogger(JettyTls.class);

  private final TlsFiles files;
  private final Duration interval;
  private final SslContextFactory.Server context = new SslContextFactory.Server();
  private final Scheduler scheduler = new ScheduledExecutorScheduler("certificates", true);
  private List<Object> seen;

  /** TLS with these files, looked at so often. */
  JettyTls(TlsFiles files, Duration interval) throws TlsFiles.Unusable {
    this.files = files;
    this.interval = interval;
    this.seen = state();
    use(context, files.load());
    // A name that the certificate does not have is the client's business.
    context.setSniRequired(false);
  }

  SslContextFactory.Server context() {
    return context;
  }

  private static void use(SslContextFactory factory, KeyStore keys) {
    factory.setKeyStore(keys);
    factory.setKeyStorePassword("");
  }

  @Override
  protected void doStart() throws Exception {
    scheduler.start();
    schedule();
  }

  @Override
  protected void doStop() throws Exception {
    scheduler.stop();
  }

  private void schedule() {
    scheduler.schedule(this::look, interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    List<Object> now = state();
    if (!now.equals(seen)) {
      seen = now;
      reload();
    }
    schedule();
  }

  private void reload() {
    try {
      KeyStore keys = files.load();
      context.reload(factory -> use(factory, keys));
      LOG.info("The certificate {} has been exchanged", files.certificate());
    } catch (TlsFiles.Unusable e) {
      LOG.warn("The certificate is not exchanged: {}", e.getMessage());
    } catch (Exception e) {
      LOG.warn("The certificate is not exchanged", e);
    }
  }

  /** What tells whether the files have changed. */
  private List<Object> state() {
    return List.of(
        time(files.certificate()), size(files.certificate()), time(files.key()), size(files.key()));
  }

  private static FileTime time(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException gone) {
      return FileTime.fromMillis(0); // between two versions of it
    }
  }

  private static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException gone) {
      return -1;
    }
  }
}
