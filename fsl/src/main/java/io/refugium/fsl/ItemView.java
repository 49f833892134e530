package io.refugium.fsl;

import io.refugium.model.JsonBuffer;
import java.util.Optional;

/**
 * An item as the schema endpoints show it.
 *
 * @param start where its text starts in the file, in characters
 * @param text with its comments
 * @param definition its schema document as JSON; empty for one that is deleted
 */
public record ItemView(
    String file, int start, int end, String text, Optional<JsonBuffer> definition) {}
