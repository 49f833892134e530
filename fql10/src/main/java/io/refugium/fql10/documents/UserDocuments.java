package io.refugium.fql10.documents;

import io.refugium.fql10.runtime.Effect;
import io.refugium.fql10.runtime.Members;
import io.refugium.model.BooleanValue;
import io.refugium.model.ObjectValue;

/** The methods of documents of the user's collections (library specification, section 16). */
final class UserDocuments {
  static final Members MEMBERS =
      Members.builder()
          .method(
              Effect.READ,
              "exists() => Boolean",
              "Whether the document exists and may be read.",
              (c, s, a) ->
                  BooleanValue.of(
                      c.context().environment().documents().missing(c.context(), s) == null))
          .method(
              Effect.WRITE,
              "update(data: Struct) => Doc",
              "Changes the given fields; null removes one.",
              (c, s, a) -> new DocumentWriter(c.context()).update(s, (ObjectValue) a[0]))
          .method(
              Effect.WRITE,
              "replace(data: Struct) => Doc",
              "Replaces all fields.",
              (c, s, a) -> new DocumentWriter(c.context()).replace(s, (ObjectValue) a[0]))
          .method(
              Effect.WRITE,
              "updateData(data: Struct) => Doc",
              "Changes the given fields, whatever their names.",
              (c, s, a) -> new DocumentWriter(c.context()).updateData(s, (ObjectValue) a[0]))
          .method(
              Effect.WRITE,
              "replaceData(data: Struct) => Doc",
              "Replaces all fields, whatever their names.",
              (c, s, a) -> new DocumentWriter(c.context()).replaceData(s, (ObjectValue) a[0]))
          .method(
              Effect.WRITE,
              "delete() => Doc",
              "Removes the document.",
              (c, s, a) -> new DocumentWriter(c.context()).delete(s))
          .build();

  private UserDocuments() {}
}
