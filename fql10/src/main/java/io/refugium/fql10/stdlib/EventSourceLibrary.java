package io.refugium.fql10.stdlib;

import static io.refugium.fql10.stdlib.Arguments.of;

import io.refugium.fql10.runtime.EventSource;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.sets.Operators;

/** Event sources (library specification, section 14). */
final class EventSourceLibrary {
  static final Members MEMBERS =
      Members.builder()
          .method(
              "where(predicate/pred: A => Boolean | Null) => EventSource<A>",
              "The events of elements for which a predicate holds.",
              (c, s, a) -> {
                EventSource source = (EventSource) s;
                return new EventSource(
                    new Operators.FilteredSet(source.set(), SetLibrary.callback(c, a[0])),
                    source.fields());
              })
          .method(
              "map(mapper: A => B) => EventSource<B>",
              "The events with the results of a function.",
              (c, s, a) -> {
                EventSource source = (EventSource) s;
                return new EventSource(
                    new Operators.MappedSet(source.set(), SetLibrary.callback(c, a[0])),
                    source.fields());
              })
          .method("toString() => String", "A fixed text.", (c, s, a) -> of("[event source]"))
          .build();

  private EventSourceLibrary() {}
}
