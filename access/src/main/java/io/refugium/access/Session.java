package io.refugium.access;

import io.refugium.database.Metrics;
import io.refugium.database.MustWait;
import io.refugium.database.Transaction;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.catalog.FunctionDef;
import io.refugium.database.document.Document;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.model.ArrayValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that a language ever sees of the database: one transaction, seen with the rights of whoever
 * is running. There is no second way to a document; every read, write and call below asks the
 * {@link Guard} first.
 *
 * <p>What differs between the languages is in {@link #v4()} and {@link #v10()}; what is here is
 * common. Names, definitions of collections and indexes and the clock need no permission (spec
 * access 6.5).
 *
 * <p>A session never changes: running a function with a role or a predicate means using another one
 * on the same transaction. Confined to the thread of its transaction.
 */
public final class Session {
  private static final Logger LOG = LoggerFactory.getLogger(Session.class);
  private static final ScopedValue<Session> WRITING = ScopedValue.newInstance();

  private final Transaction transaction;
  private final Principal principal;
  private final Shared shared;
  private final PermissionSet permissions;
  private final Limits limits;
  private final Guard guard = new Guard(this);
  private Grants grants;

  /**
   * What sessions of one request share.
   *
   * @param explanation null unless somebody asked for one
   */
  private record Shared(
      Catalog catalog,
      Policy policy,
      Languages languages,
      Vault vault,
      QueryLimits queries,
      Guesses.Attempt guessing,
      Explanation explanation) {}

  /**
   * What running code may not do whatever its rights.
   *
   * @param readOnly whether writes are refused
   * @param identityHidden whether the identity is unknown, as in privilege predicates of bare roles
   *     (spec access 4.3)
   * @param below whether the code is of a database below that of the request, where nothing may be
   *     written (spec access 13.2)
   * @param predicates how many predicates run around this one
   */
  private record Limits(boolean readOnly, boolean identityHidden, boolean below, int predicates) {
    static final Limits NONE = new Limits(false, false, false, 0);

    Limits onlyReading() {
      return new Limits(true, identityHidden, below, predicates);
    }

    Limits inDatabaseBelow() {
      return new Limits(readOnly, identityHidden, true, predicates);
    }
  }

  private Session(
      Transaction transaction,
      Principal principal,
      Shared shared,
      PermissionSet permissions,
      Limits limits) {
    this.transaction = transaction;
    this.principal = principal;
    this.shared = shared;
    this.permissions = permissions;
    this.limits = limits;
  }

  /**
   * The session of an authenticated request.
   *
   * @param guessing to be told of passwords and secrets that it asks about and that are wrong
   */
  static Session open(
      Transaction transaction,
      Principal principal,
      Languages languages,
      Vault vault,
      QueryLimits queries,
      Guesses.Attempt guessing) {
    Catalog catalog = transaction.catalog(principal.scope());
    Policy policy = Policy.of(catalog, languages);
    var shared = new Shared(catalog, policy, languages, vault, queries, guessing, null);
    return new Session(transaction, principal, shared, principal.permissions(), Limits.NONE);
  }

  // ---------------------------------------------------------------- who is running

  /** Who is asking; the same for the whole request. */
  public Principal principal() {
    return principal;
  }

  /** The rights of the code that is running. */
  public PermissionSet permissions() {
    return permissions;
  }

  /** The document that the principal acts as, or null: none, or not to be known here. */
  public Ref identity() {
    return limits.identityHidden ? null : principal.identity();
  }

  /** What the whole query may use. */
  public QueryLimits queryLimits() {
    return shared.queries;
  }

  /** Whether writes are refused whatever the rights. */
  public boolean isReadOnly() {
    return limits.readOnly;
  }

  /** Whether code of a database below that of the request is running: it only reads. */
  boolean isBelow() {
    return limits.below;
  }

  /** Whether a predicate is running. */
  public boolean isInPredicate() {
    return limits.predicates > 0;
  }

  /** What the rights of this request rest on, for a stream to compare with later. */
  public Lease lease() {
    return Lease.of(this);
  }

  /** The database that the query runs in. */
  public long scope() {
    return principal.scope();
  }

  /** The same request with other rights. */
  Session with(PermissionSet other) {
    return new Session(transaction, principal, shared, other, limits);
  }

  /** Whether the code that is running has the rights that the request began with. */
  public boolean hasRightsOfRequest() {
    return permissions.equals(principal.permissions());
  }

  /** The same, with the rights that the request began with; what may not be done here, may not. */
  public Session withRightsOfRequest() {
    return with(principal.permissions());
  }

  /** The same request with no rights of its own: for what code of the schema evaluates. */
  public Session withoutRights() {
    return with(PermissionSet.BuiltIn.NONE);
  }

  /** The same request, of which every decision is explained. */
  Session explained(Explanation explanation) {
    var told =
        new Shared(
            shared.catalog,
            shared.policy,
            shared.languages,
            shared.vault,
            shared.queries,
            shared.guessing,
            explanation);
    return new Session(transaction, principal, told, permissions, limits);
  }

  /** The same session, but every write is refused. */
  public Session readOnly() {
    return limits.readOnly
        ? this
        : new Session(transaction, principal, shared, permissions, limits.onlyReading());
  }

  // ---------------------------------------------------------------- decisions

  /** Whether something may be done, and why; the operations below ask by themselves. */
  public Decision decide(Operation operation) {
    return guard.decide(operation);
  }

  /** Whether something may be done. */
  public boolean may(Operation operation) {
    return guard.may(operation);
  }

  /**
   * Whether a document may be read now, existing or not: also what a reference stored in a schema
   * document needs.
   */
  public boolean mayRead(Ref document) {
    return guard.may(new Operation.Read(document));
  }

  Guard guard() {
    return guard;
  }

  Policy policy() {
    return shared.policy;
  }

  /** What the roles of the running code allow together; looked up once for each session. */
  Grants grants() {
    if (grants == null) {
      grants = shared.policy.grants(permissions.effectiveRoles());
    }
    return grants;
  }

  /**
   * Whether somebody wants to know what is decided here: what predicates do is their own affair.
   */
  boolean isExplained() {
    return shared.explanation != null && !isInPredicate();
  }

  /** Takes note of a decision if somebody wants to know. */
  void explain(String action, Ref target, Decision decision) {
    if (isExplained()) {
      shared.explanation.add(this, action, target, decision);
    }
  }

  // ---------------------------------------------------------------- the two languages

  /** Documents, sets and identity as FQL v4 checks them. */
  public V4Access v4() {
    return new V4Access(this);
  }

  /** Documents, sets and identity as FQL v10 checks them. */
  public V10Access v10() {
    return new V10Access(this);
  }

  /** Passwords and secrets of credentials, keys and tokens. */
  public Secrets secrets() {
    return new Secrets(this, shared.vault);
  }

  /**
   * Takes note of a password or secret that was asked about and was wrong; who guesses too much
   * waits here before it is told.
   *
   * @throws DatabaseException.DeadlineExceeded when the time of the request would be up
   * @throws MustWait when it must not wait
   */
  void countWrongGuess() {
    transaction.requireWaiting();
    transaction.pauseComputing();
    shared.guessing.wrong();
  }

  /**
   * Whether signing keys may be fetched from here: what the {@code jwks_uri} of an access provider
   * has to be.
   */
  public boolean isKeyAddress(String text) {
    return shared.vault.keyAddresses().parse(text) != null;
  }

  // ---------------------------------------------------------------- functions

  /**
   * Checks that a function may be called, and gives the session in which its body is to run: with
   * the function's own role if it has one, otherwise with the rights of the caller (spec access
   * 5.8).
   *
   * <p>A function of a database below this one runs there, and only reads: code of a tenant never
   * acts on the data of whoever calls it, and a role of a database means nothing in another one
   * (spec access 10).
   *
   * @throws AccessException.Denied when it may not be called
   */
  public Session enter(FunctionDef function, List<Value> arguments) {
    Decision decision = guard.decide(new Operation.Call(function.document().ref(), arguments));
    if (!decision.granted()) {
      throw new AccessException.Denied(decision);
    }
    Session home = in(function.document().ref().scope());
    Value role = function.role();
    return role == null ? home : home.with(RoleNames.permissions(role, home.catalog()));
  }

  private Session in(long scope) {
    if (scope == scope()) {
      return this;
    }
    Catalog catalog = transaction.catalog(scope);
    Shared there =
        new Shared(
            catalog,
            Policy.of(catalog, shared.languages),
            shared.languages,
            shared.vault,
            shared.queries,
            shared.guessing,
            shared.explanation);
    return new Session(
        transaction, principal.in(scope), there, permissions, limits.inDatabaseBelow());
  }

  /** Both languages, to run a body that is written in the other one. */
  public Languages languages() {
    return shared.languages;
  }

  /** The session in which a predicate of a privilege runs (spec access 5.6). */
  Session forPredicate() {
    return inPredicate(limits.identityHidden || permissions instanceof PermissionSet.Roles);
  }

  /**
   * The session in which a predicate of a membership or an access provider runs: the identity is
   * always known.
   */
  Session forAuthentication() {
    return inPredicate(limits.identityHidden);
  }

  private Session inPredicate(boolean identityHidden) {
    Limits inside = new Limits(true, identityHidden, limits.below, limits.predicates + 1);
    return new Session(transaction, principal, shared, PermissionSet.BuiltIn.PREDICATE, inside);
  }

  /** Runs a predicate in this session, which was made for it. What fails does not grant. */
  Predicate.Outcome evaluate(Predicate predicate, PredicateInput input) {
    if (limits.predicates > AccessLimits.PREDICATE_DEPTH) {
      return new Predicate.Outcome.Failed("predicates are nested too deeply");
    }
    try {
      return isEvident(predicate, input) ? Predicate.Outcome.TRUE : predicate.evaluate(this, input);
    } catch (MustWait | DatabaseException.DeadlineExceeded | DatabaseException.Contended fatal) {
      throw fatal; // these end the request, not the predicate
    } catch (AccessException | DatabaseException refused) {
      return new Predicate.Outcome.Failed(refused.getMessage());
    } catch (RuntimeException | StackOverflowError defect) {
      LOG.warn("A predicate failed in a way it should not be able to; it grants nothing", defect);
      return new Predicate.Outcome.Failed("internal error");
    }
  }

  /** Whether a look at the document tells that the predicate is true. */
  private boolean isEvident(Predicate predicate, PredicateInput input) {
    FieldEquality asked = predicate.necessary();
    return asked != null
        && input instanceof Operation.Read read
        && read.version() == null
        && asked.suffices(this, read.target());
  }

  // ---------------------------------------------------------------- schema, clock, limits

  /** The schema in force, as it was before this request. */
  public Catalog catalog() {
    return shared.catalog;
  }

  /** What schema documents said before this request: the staged schema if there is one. */
  public Catalog latestCatalog() {
    return transaction.latestCatalog(scope());
  }

  /** What schema documents say as this request would leave them. */
  public Catalog pendingCatalog() {
    return transaction.pendingCatalog(scope());
  }

  /** What documents go by: see {@link Transaction#documentCatalog}. */
  public Catalog documentCatalog() {
    return transaction.documentCatalog(scope());
  }

  /**
   * The schema of this database or one below it, as it was before this request; null for any other
   * database and for one that does not exist.
   */
  public Catalog catalog(long scope) {
    if (scope == scope()) {
      return shared.catalog;
    }
    DatabaseInfo database = database(scope);
    return database == null ? null : transaction.catalog(scope);
  }

  /** A database, this one or one below it; null for any other and for one that does not exist. */
  public DatabaseInfo database(long scope) {
    DatabaseInfo database = transaction.database(scope);
    return database != null && database.isWithin(scope()) ? database : null;
  }

  /**
   * The database reached by names from this one downwards, own writes included; null when one is
   * missing.
   */
  public DatabaseInfo resolve(List<String> path) {
    return transaction.resolve(scope(), path);
  }

  /**
   * The schema document of a kind with a name, own writes included; null when there is none. Names
   * need no permission.
   *
   * @param scope this database or one below it
   */
  public Ref byName(long scope, int kind, String name) {
    return database(scope) == null ? null : transaction.byName(scope, kind, name);
  }

  /** A reference with a new id in a collection of this database. Using an id up is a write. */
  public Ref newRef(int collection) {
    checkWritable();
    return transaction.newRef(scope(), collection);
  }

  /** A new id: unique in all databases. Using one up is a write. */
  public long newId() {
    checkWritable();
    return transaction.newId();
  }

  /** The time of which the request sees the state, in microseconds. */
  public long snapshotTime() {
    return transaction.snapshotTime();
  }

  public Metrics metrics() {
    return transaction.metrics();
  }

  /** Throws when the time of the request is up; cheap, for loops. */
  public void checkDeadline() {
    transaction.checkDeadline();
  }

  /** Whether anything has been written. */
  public boolean hasWrites() {
    return transaction.hasWrites();
  }

  /** See {@link Transaction#migrate}: for a collection that this request has redefined. */
  public void migrate(int collection, ArrayValue steps, Set<String> touched) {
    checkWritable();
    transaction.migrate(new Ref(scope(), SystemCollections.COLLECTION, collection), steps, touched);
  }

  /** Whether a collection of this database holds no document, not even a dead one. */
  public boolean isEmpty(int collection) {
    return transaction.isEmpty(scope(), collection);
  }

  /** The source files of the schema. */
  public SchemaFiles schemaFiles() {
    return new SchemaFiles(this);
  }

  /** The schema that waits to become the one in force. */
  public SchemaStage schemaStage() {
    return new SchemaStage(this);
  }

  /** See {@link Transaction#finish}. */
  public void finish() {
    transaction.finish();
  }

  /** Whether this request has written the definition of a collection. */
  public boolean wroteDefinitionOf(int collection) {
    return transaction.wroteDefinitionOf(scope(), collection);
  }

  /** Whether this request has deleted a document. */
  public boolean deleted(Ref ref) {
    return transaction.deleted(ref);
  }

  /** Whether this request has written documents of a collection. */
  public boolean wroteDocumentsOf(int collection) {
    return transaction.wroteDocumentsOf(scope(), collection);
  }

  // ---------------------------------------------------------------- events

  /**
   * Runs a body at a past snapshot, read-only: data as they were then, rights and schema as they
   * are now. What streams and feeds judge an event by.
   *
   * @param time microseconds since the epoch, not after {@link #snapshotTime}
   */
  public <T> T asOf(long time, Function<Session, T> body) {
    return transaction.readAt(
        time,
        past -> body.apply(new Session(past, principal, shared, permissions, limits).readOnly()));
  }

  /**
   * Which documents of a collection of this database change, commit by commit, after a time. Says
   * nothing of their contents: these are read in {@link #asOf}, guarded like all reads. Outlives
   * the session; to be closed.
   */
  public CollectionChanges changes(int collection, long after) {
    return changes(new Ref(scope(), SystemCollections.COLLECTION, collection), after);
  }

  /** The same for a collection of this database or one below it. */
  public CollectionChanges changes(Ref collection, long after) {
    requireReachable(collection.scope());
    return new CollectionChanges(
        transaction.changes(collection.scope(), (int) collection.id(), after));
  }

  /** The same for all documents of this database or one below it. */
  public CollectionChanges allChanges(long scope, long after) {
    requireReachable(scope);
    return new CollectionChanges(transaction.changes(scope, after));
  }

  private void requireReachable(long scope) {
    if (database(scope) == null) {
      throw new IllegalArgumentException("changes of a database that is not seen from here");
    }
  }

  // ---------------------------------------------------------------- for the hooks of the database

  /**
   * The session whose write is just being carried out, for code that the database calls back:
   * computed fields and check constraints run with the rights of whoever writes (spec access 6.2).
   * Null outside of a write.
   */
  public static Session writing() {
    return WRITING.isBound() ? WRITING.get() : null;
  }

  // ---------------------------------------------------------------- unguarded, for this package
  // only

  Transaction transaction() {
    return transaction;
  }

  Document peek(Ref ref) {
    return transaction.peek(ref);
  }

  void checkWritable() {
    if (limits.readOnly) {
      throw new AccessException.WriteRefused(limits.predicates > 0);
    }
  }

  void require(Decision decision) {
    if (!decision.granted()) {
      throw new AccessException.Denied(decision);
    }
  }

  void requireHere(Ref ref) {
    if (ref.scope() != scope()) {
      throw new AccessException.ForeignWrite(ref);
    }
  }

  /** Writes a new document whose creation has been permitted. */
  Document storeNew(Ref ref, Preparation preparation) {
    ObjectValue fields = preparation.prepare(ref);
    require(guard.decideHandingOn(ref, ObjectValue.EMPTY, fields));
    return writing(() -> transaction.create(ref, fields));
  }

  /** Writes a document whose change has been permitted. */
  Document store(Document before, Preparation preparation) {
    ObjectValue fields = preparation.prepare(before.ref());
    require(guard.decideHandingOn(before.ref(), before.fields(), fields));
    return writing(() -> transaction.put(before.ref(), fields));
  }

  <T> T writing(ScopedValue.CallableOp<T, RuntimeException> write) {
    checkWritable();
    if (limits.below) {
      throw new AccessException.Denied(Decision.FOREIGN);
    }
    return ScopedValue.where(WRITING, this).call(write);
  }
}
