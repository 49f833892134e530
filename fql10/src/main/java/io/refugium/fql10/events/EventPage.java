package io.refugium.fql10.events;

import java.util.List;

/**
 * A page of a feed.
 *
 * @param events data events, and at most one error, the last
 * @param cursor where the next page begins
 * @param hasNext whether there are more events now
 */
record EventPage(List<Event> events, String cursor, boolean hasNext, EventStats stats) {}
