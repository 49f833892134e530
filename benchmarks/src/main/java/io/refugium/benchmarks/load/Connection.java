package io.refugium.benchmarks.load;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * One persistent connection that posts JSON and takes the whole answer before it posts again.
 *
 * <p>Written by hand because a load generator on the same cores must cost far less than what it
 * measures. Not thread-safe.
 */
abstract class Connection implements Closeable {
  /** How requests travel. */
  enum Protocol {
    HTTP1,
    HTTP2;

    /** A blocking connection to a server on this machine. */
    Connection open(int port) throws IOException {
      return switch (this) {
        case HTTP1 -> new Http1Connection(port);
        case HTTP2 -> new Http2Connection(port);
      };
    }
  }

  /** What {@link #receive} returns while the answer is incomplete. */
  static final int INCOMPLETE = 0;

  /** The room for what is sent or received at once. */
  static final int BUFFER_BYTES = 1 << 17;

  final SocketChannel channel;
  final String host;

  /** What has come and is not yet looked at lies between position and limit. */
  final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES).limit(0);

  Connection(int port) throws IOException {
    host = "127.0.0.1:" + port;
    channel = SocketChannel.open(new InetSocketAddress("127.0.0.1", port));
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
  }

  /** Sends a request; the answer to the one before has been taken. */
  abstract void send(Call call) throws IOException;

  /**
   * Looks at what has come.
   *
   * @param body where the body of the answer goes, or null
   * @return the status of the answer, or {@link #INCOMPLETE}
   */
  abstract int parse(StringBuilder body) throws IOException;

  /** Reads once; returns the status of a complete answer, or {@link #INCOMPLETE}. */
  final int receive(StringBuilder body) throws IOException {
    in.compact();
    int read = channel.read(in);
    in.flip();
    if (read < 0) {
      throw new EOFException("the server closed the connection");
    }
    return parse(body);
  }

  /** Sends a request and waits for its answer; for blocking connections. */
  final int call(Call call, StringBuilder body) throws IOException {
    send(call);
    int status = INCOMPLETE;
    while (status == INCOMPLETE) {
      status = receive(body);
    }
    return status;
  }

  final void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Takes {@code length} bytes from the buffer. */
  final void take(int length, StringBuilder body) {
    if (body != null) {
      byte[] bytes = new byte[length];
      in.get(bytes);
      body.append(new String(bytes, StandardCharsets.ISO_8859_1));
    } else {
      in.position(in.position() + length);
    }
  }

  @Override
  public final void close() throws IOException {
    channel.close();
  }
}
