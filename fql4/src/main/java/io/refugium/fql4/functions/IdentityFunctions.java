package io.refugium.fql4.functions;

import static io.refugium.fql4.language.Kind.BOOLEAN;
import static io.refugium.fql4.language.Kind.IDENTIFIER;
import static io.refugium.fql4.language.Kind.NULL;
import static io.refugium.fql4.language.Kind.OBJECT;
import static io.refugium.fql4.language.Kind.STRING;

import io.refugium.access.AccessException;
import io.refugium.access.Secrets;
import io.refugium.access.V4Identity;
import io.refugium.fql4.documents.Invalid;
import io.refugium.fql4.documents.Nulls;
import io.refugium.fql4.documents.Writing;
import io.refugium.fql4.language.ApiVersion;
import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.Fql4Error.Failure;
import io.refugium.fql4.language.Library;
import io.refugium.fql4.language.NativeCollections;
import io.refugium.fql4.language.Plain;
import io.refugium.fql4.language.SessionSets;
import io.refugium.fql4.language.VersionValue;
import io.refugium.fql4.language.Versions;
import io.refugium.model.NullValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.TimeValue;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Logging in and out, and who is asking (spec: FQL v4, 6.13; access, 4.3). */
final class IdentityFunctions {
  private IdentityFunctions() {}

  static void define(Library library) {
    library
        .define("login", IDENTIFIER)
        .with("params", OBJECT)
        .writes()
        .as(IdentityFunctions::login);
    library
        .define("logout", BOOLEAN)
        .writes()
        .as(call -> Call.of(permitted(call, () -> identity(call).logout(call.bool(0)))));
    library
        .define("identify", IDENTIFIER)
        .with("password", STRING)
        .reads()
        .as(IdentityFunctions::identify);
    library.define("identity", NULL).reads().as(IdentityFunctions::currentIdentity);
    library
        .define("has_identity", NULL)
        .reads()
        .as(call -> Call.of(identity(call).currentIdentity() != null));
    library
        .define("current_identity", NULL)
        .reads()
        .since(ApiVersion.V4)
        .as(IdentityFunctions::currentIdentity);
    library
        .define("has_current_identity", NULL)
        .reads()
        .since(ApiVersion.V4)
        .as(call -> Call.of(identity(call).currentIdentity() != null));
    library
        .define("current_token", NULL)
        .reads()
        .since(ApiVersion.V4)
        .as(IdentityFunctions::currentToken);
    library
        .define("has_current_token", NULL)
        .since(ApiVersion.V4)
        .as(call -> Call.of(identity(call).currentToken() != null));
  }

  private static V4Identity identity(Call call) {
    return call.evaluation().session().v4().identity();
  }

  /** The document that a ref or set stands for: the first of a set; null when it is empty. */
  private static Ref document(Call call) {
    return call.value(0) instanceof Ref ref && !NativeCollections.isNative(ref)
        ? ref
        : new SessionSets(call.evaluation()).firstDocument(call.value(0), call.position(0));
  }

  private static Value login(Call call) {
    ObjectValue params = (ObjectValue) Nulls.without(Plain.of(call.object(1)));
    ObjectValue.Builder kept = ObjectValue.builder();
    List<Failure> failures = new ArrayList<>();
    keep(params, "password", "String", StringValue.class, null, failures);
    keep(params, "ttl", "Timestamp", TimeValue.class, kept, failures);
    keep(params, "data", "Map", ObjectValue.class, kept, failures);
    if (!failures.isEmpty()) {
      throw Errors.invalidDocument(call.position(), failures, call.version());
    }
    Writing.requirePresent(call, call.position());
    String password = params.get("password") instanceof StringValue(String text) ? text : null;
    Ref document = document(call);
    Secrets.LoggedIn token =
        permitted(call, () -> identity(call).login(document, password, kept.build()));
    if (token == null) {
      throw Errors.authenticationFailed(call.position(), call.version());
    }
    VersionValue version = Versions.of(token.token(), true);
    return new VersionValue(
        version.ref(),
        version.ts(),
        version.fields().without("hashed_secret").with("secret", new StringValue(token.secret())),
        true);
  }

  /** Neither needs a right, but code of a database below writes nothing at all. */
  private static <T> T permitted(Call call, Supplier<T> write) {
    try {
      return write.get();
    } catch (AccessException.Denied _) {
      throw Errors.permissionDenied(call.position());
    }
  }

  private static void keep(
      ObjectValue params,
      String field,
      String type,
      Class<? extends Value> kind,
      ObjectValue.Builder kept,
      List<Failure> failures) {
    Value value = params.get(field);
    if (value == null || value instanceof NullValue) {
      return;
    }
    if (!kind.isInstance(value)) {
      failures.add(Invalid.type(List.of(field), value, type));
    } else if (kept != null) {
      kept.put(field, value);
    }
  }

  private static Value identify(Call call) {
    return Call.of(identity(call).identify(document(call), call.string(1)));
  }

  private static Value currentIdentity(Call call) {
    Value identity = identity(call).currentIdentity();
    if (identity == null) {
      throw Errors.missingIdentity(call.position());
    }
    return identity;
  }

  private static Value currentToken(Call call) {
    Value token = identity(call).currentToken();
    if (token == null) {
      throw Errors.invalidToken(call.position());
    }
    return token;
  }
}
