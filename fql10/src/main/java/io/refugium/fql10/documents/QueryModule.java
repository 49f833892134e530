package io.refugium.fql10.documents;

import io.refugium.access.Session;
import io.refugium.fql10.runtime.Call;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Members;
import io.refugium.fql10.runtime.Module;
import io.refugium.fql10.runtime.NullCause;
import io.refugium.model.BooleanValue;
import io.refugium.model.StringValue;

/** The module {@code Query}: who is asking, and what holds for the database (library spec. 19). */
final class QueryModule {
  private static final String NAME = "Query";

  static final Module MODULE =
      Module.library(
          NAME,
          Members.builder()
              .method(
                  "identity() => { *: Any } | Null",
                  "The document of the token in use.",
                  (c, s, a) ->
                      SystemModules.orNull(
                          session(c).v10().identity().queryIdentity(), NullCause.NO_IDENTITY))
              .method(
                  "token() => { *: Any } | Null",
                  "The token in use, or the payload of a JSON Web Token.",
                  (c, s, a) ->
                      SystemModules.orNull(
                          session(c).v10().identity().queryToken(), NullCause.NO_TOKEN))
              .method(
                  "isEnvTypechecked() => Boolean",
                  "Whether queries of this database are type checked unless they say otherwise.",
                  (c, s, a) -> BooleanValue.of(session(c).catalog().database().typechecked()))
              .method(
                  "isEnvProtected() => Boolean",
                  "Whether destructive changes of the schema are refused.",
                  (c, s, a) -> isProtected(c))
              .method("toString() => String", "The name.", (c, s, a) -> new StringValue(NAME))
              .build(),
          (context, value) -> value instanceof Module module && module.name().equals(NAME));

  private QueryModule() {}

  private static Session session(Call call) {
    return SystemModules.session(call);
  }

  private static BooleanValue isProtected(Call call) {
    Session session = session(call);
    if (!session.permissions().maySeeProtection()) {
      throw Errors.permissionDenied();
    }
    return BooleanValue.of(session.catalog().database().isProtected());
  }
}
