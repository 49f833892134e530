package io.refugium.cli;

import io.refugium.access.AccessException;
import io.refugium.access.FieldEquality;
import io.refugium.access.Operation;
import io.refugium.access.Predicate;
import io.refugium.access.PredicateCompiler;
import io.refugium.access.PredicateInput;
import io.refugium.access.Session;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.model.BooleanValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.Value;

/**
 * Stands for whatever predicate a test is about, in roles that name it by {@link #TEXT}. Its
 * interpreter may be asked directly, in the very session in which the guard would ask it.
 */
final class PredicateUnderTest implements Predicate {
  static final String TEXT = "d => 'the predicate under test'";

  /** Null until there is one: then it refuses, and learns in which session it is asked. */
  private Predicate actual;

  private Session inside;
  private boolean wasRun;

  /** Puts this predicate in the place of {@link #TEXT}. */
  PredicateCompiler among(PredicateCompiler language) {
    return (catalog, source) -> isThis(source) ? this : language.compile(catalog, source);
  }

  private static boolean isThis(Value source) {
    return source instanceof StringValue(String text) && text.equals(TEXT);
  }

  /**
   * From now on this is asked, by whoever asks in a session.
   *
   * @param document of a collection for which a role of the session has this predicate
   */
  void become(Predicate predicate, Session session, Ref document) {
    actual = null;
    inside = null;
    if (session.mayRead(document) || inside == null) {
      throw new AssertionError("the predicate under test was not asked about " + document);
    }
    actual = predicate;
  }

  /** What the interpreter says, without any shortcut and without memory. */
  boolean says(Ref document) {
    try {
      return actual.evaluate(inside, new Operation.Read(document)).isTrue();
    } catch (AccessException | DatabaseException _) {
      return false;
    }
  }

  /** Whether the interpreter has been asked by the guard since this was last called. */
  boolean wasRun() {
    boolean was = wasRun;
    wasRun = false;
    return was;
  }

  @Override
  public Outcome evaluate(Session session, PredicateInput input) {
    if (actual == null) {
      inside = session;
      return new Outcome.Returned(BooleanValue.FALSE);
    }
    wasRun = true;
    return actual.evaluate(session, input);
  }

  @Override
  public FieldEquality necessary() {
    return actual == null ? null : actual.necessary();
  }
}
