package io.refugium.fql10.engine;

import io.refugium.access.Session;
import io.refugium.fql10.compile.CompiledQuery;
import io.refugium.fql10.diagnostics.Diagnostic;
import io.refugium.fql10.diagnostics.DiagnosticRenderer;
import io.refugium.fql10.diagnostics.Summary;
import io.refugium.fql10.documents.Schema;
import io.refugium.fql10.documents.SchemaCheck;
import io.refugium.fql10.encode.ResultWriter;
import io.refugium.fql10.environment.StaticChecks;
import io.refugium.fql10.request.QueryBody;
import io.refugium.fql10.request.QueryOptions;
import io.refugium.fql10.runtime.Errors;
import io.refugium.fql10.runtime.Inputs;
import io.refugium.fql10.runtime.QueryContext;
import io.refugium.fql10.runtime.QueryFailure;
import io.refugium.fql10.runtime.QueryLog;
import io.refugium.fql10.source.QueryText;
import io.refugium.fql10.source.Span;
import io.refugium.fql10.stdlib.StandardLibrary;
import io.refugium.fql10.syntax.Expression;
import io.refugium.fql10.syntax.Parsed;
import io.refugium.fql10.syntax.Parser;
import io.refugium.model.JsonBuffer;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** One attempt to run one query in its session (language specification, section 1). */
final class QueryRun {
  private final Session session;
  private final Schema schema;
  private final CompiledQueries compiled;
  private final StaticChecks checks;
  private final SchemaCheck schemaCheck;
  private final SessionEnvironment environment;
  private final QueryOptions options;
  private final QueryLog log;
  private final QueryContext context;
  private List<Diagnostic> warnings = List.of();

  QueryRun(
      Session session,
      Schema schema,
      StandardLibrary library,
      CompiledQueries compiled,
      StaticChecks checks,
      SchemaCheck schemaCheck,
      CursorSeal seal,
      QueryOptions options) {
    this.session = session;
    this.schema = schema;
    this.compiled = compiled;
    this.checks = checks;
    this.schemaCheck = schemaCheck;
    this.environment = new SessionEnvironment(session, schema, compiled, seal);
    this.options = options;
    this.log = new QueryLog(options.performanceHints());
    this.context = new QueryContext(environment, library, log);
  }

  /**
   * Runs the query.
   *
   * @throws Outcome.Undone if it fails
   */
  Outcome.Success run(QueryBody body) {
    Map<String, Value> arguments = body.arguments(environment, options.format());
    List<Diagnostic> errors = new ArrayList<>();
    Value[] template = body.template(environment, errors);
    Optional<CompiledQuery> query = compile(body.text(), arguments, errors);
    if (!errors.isEmpty() || query.isEmpty()) {
      throw invalid(errors);
    }
    Inputs inputs = new Inputs(template, arguments);
    String staticType = staticType(body.text(), inputs);
    try {
      Value value = query.get().run(context, inputs);
      schemaCheck.check(context);
      session.finish();
      JsonBuffer answer = AnswerWriter.begin();
      ResultWriter.write(context, value, options.format(), answer);
      session.metrics().addCompute(environment.computeUnits());
      return new Outcome.Success(answer, staticType, summary(_ -> {}), schema.catalog().version());
    } catch (QueryFailure failure) {
      throw failed(failure);
    } catch (StackOverflowError overflow) {
      throw failed(Errors.stackOverflow());
    }
  }

  private Optional<CompiledQuery> compile(
      QueryText text, Map<String, Value> arguments, List<Diagnostic> errors) {
    Optional<CompiledQuery> known = compiled.find(schema, text, arguments.keySet());
    if (known.isPresent()) {
      return known;
    }
    return switch (Parser.query(text)) {
      case Parsed.Tree<Expression>(Expression tree) ->
          Optional.of(compiled.compile(schema, text, tree, arguments.keySet()));
      case Parsed.Failed<Expression>(List<Diagnostic> found) -> {
        errors.addAll(found);
        yield Optional.empty();
      }
    };
  }

  /** The type of the query; null if it is not to be checked before it runs. */
  private String staticType(QueryText text, Inputs inputs) {
    if (!options.typecheck().orElse(schema.catalog().database().typechecked())) {
      return null;
    }
    StaticChecks.Checked checked =
        checks.check(
            schema.catalog(), text, inputs, () -> Parser.query(text).orThrow(this::invalid));
    warnings = checked.warnings();
    if (!checked.errors().isEmpty()) {
      throw invalid(checked.errors());
    }
    return checked.type();
  }

  private Outcome.Undone invalid(List<Diagnostic> errors) {
    int count = errors.size();
    return new Outcome.Undone(
        new Outcome.Failure(
            "invalid_query",
            "The query failed " + count + " validation " + (count == 1 ? "check" : "checks"),
            List.of(),
            null,
            summary(summary -> errors.forEach(summary::add)),
            session.snapshotTime(),
            schema.catalog().version()));
  }

  private Outcome.Undone failed(QueryFailure failure) {
    session.metrics().addCompute(environment.computeUnits());
    JsonBuffer abort = null;
    QueryFailure reported = failure;
    if (failure.abortValue() != null) {
      try {
        abort = ResultWriter.write(context, failure.abortValue(), options.format());
      } catch (QueryFailure unreadable) {
        reported = unreadable;
      }
    }
    QueryFailure failed = reported;
    return new Outcome.Undone(
        new Outcome.Failure(
            reported.code().wire(),
            reported.getMessage(),
            reported.constraintFailures(),
            abort,
            summary(summary -> summary.add(() -> FailureReport.render(failed, this::isVisible))),
            session.snapshotTime(),
            schema.catalog().version()));
  }

  /** Warnings, then errors, then what the query logged. */
  private String summary(Consumer<Summary> errors) {
    Summary summary = new Summary("\n\n");
    warnings.forEach(summary::add);
    errors.accept(summary);
    for (QueryLog.Entry entry : log.entries()) {
      if (isVisible(entry.span())) {
        summary.add(() -> shown(entry));
      }
    }
    return summary.toString();
  }

  private static String shown(QueryLog.Entry entry) {
    return switch (entry.form()) {
      case LINE -> DiagnosticRenderer.log(entry.span(), entry.text());
      case EXCERPT -> DiagnosticRenderer.render(Diagnostic.info(entry.text(), entry.span()));
      case HINT ->
          DiagnosticRenderer.render(Diagnostic.performanceHint(entry.text(), entry.span()));
    };
  }

  private boolean isVisible(Span span) {
    return session.principal().permissions().isPrivileged()
        || span.source().name().equals("*query*");
  }
}
