package io.refugium.access.jwt;

import java.io.IOException;
import java.net.URI;

/** Where signing keys come from. */
@FunctionalInterface
interface KeyServer {
  /**
   * The document at an address.
   *
   * @param tag the {@code ETag} of the document that is known, or null
   * @return null when the known document is still the right one
   */
  Answer get(URI uri, String tag) throws IOException;

  /** A document and its {@code ETag}, if it has one. */
  record Answer(String body, String tag) {}
}
