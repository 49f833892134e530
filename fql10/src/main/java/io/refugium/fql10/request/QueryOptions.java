package io.refugium.fql10.request;

import io.refugium.fql10.encode.ResultFormat;
import java.util.Optional;

/**
 * What a request asks of the language besides its query (language specification, section 10.4).
 *
 * @param typecheck empty if the database decides
 * @param timeoutMillis how long the query may take
 * @param tags as they are told back; empty if there are none
 */
public record QueryOptions(
    ResultFormat format,
    Optional<Boolean> typecheck,
    boolean performanceHints,
    long timeoutMillis,
    String tags) {}
