package io.refugium.fql4.functions;

import io.refugium.fql4.language.Call;
import io.refugium.fql4.language.Closure;
import io.refugium.fql4.language.Errors;
import io.refugium.fql4.language.PageValue;
import io.refugium.fql4.language.Plain;
import io.refugium.fql4.language.SetValue;
import io.refugium.fql4.language.UnresolvedRef;
import io.refugium.fql4.language.VersionValue;
import io.refugium.model.ArrayValue;
import io.refugium.model.LambdaValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.RuntimeValue;
import io.refugium.model.StringValue;
import io.refugium.model.Value;

/** The arguments of a call as a function of the other language gets them (spec: FQL v4, 17). */
final class ForeignArguments {
  private static final Value EXTERNAL = new StringValue("[db-external Document]");
  private static final Value UNRESOLVED = new StringValue("[unresolved Document]");

  private final Call call;
  private final long scope;

  /**
   * @param scope the database that the function is of
   */
  ForeignArguments(Call call, long scope) {
    this.call = call;
    this.scope = scope;
  }

  /**
   * What stands for a value: for a version its document, for what cannot be reached a text.
   *
   * @throws io.refugium.fql4.language.Fql4Exception for a lambda, which nothing stands for
   */
  Value of(Value value) {
    return switch (value) {
      case Ref ref -> ref.scope() == scope ? ref : EXTERNAL;
      case VersionValue version -> of(version.ref());
      case UnresolvedRef _ -> UNRESOLVED;
      case LambdaValue _, Closure _ -> throw Errors.notRepresentable(call.position(), "Lambda");
      case ArrayValue array -> array.map(this::of);
      case ObjectValue object -> object.map(this::of);
      case SetValue set -> Plain.of(set);
      case PageValue page -> of(page.toObject());
      case RuntimeValue runtime -> of(Plain.of(runtime));
      default -> value;
    };
  }
}
