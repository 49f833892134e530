package io.refugium.access;

import io.refugium.database.ReadCounts;
import io.refugium.database.Transaction;
import io.refugium.database.catalog.IndexDef;
import io.refugium.database.sets.Entry;
import io.refugium.database.sets.EntryCursor;
import io.refugium.database.sets.EventBound;
import io.refugium.database.sets.EventPage;
import io.refugium.database.sets.EventsPlan;
import io.refugium.database.sets.ReadContext;
import io.refugium.database.sets.SetPage;
import io.refugium.database.sets.SetPlan;
import io.refugium.database.sets.Shape;
import io.refugium.model.Ref;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import java.util.List;
import java.util.function.Supplier;

/**
 * Sets as FQL v4 checks them (spec access 6.4). A set is admissible, or refused as a whole; an
 * admissible one may show only the elements whose document can be read. Parts of a combined set
 * that are not admissible drop out of it silently.
 *
 * <p>Every method that reads a set refuses one that is not admissible with {@link
 * AccessException.Denied}.
 */
public final class V4Sets {
  private final Session session;
  private final SetAdmission admission;

  V4Sets(Session session) {
    this.session = session;
    this.admission = new SetAdmission(session);
  }

  /** The first page of what may be seen of a set. */
  public SetPage page(SetPlan set, long at, long size) {
    SetPlan visible = admission.visible(set);
    return counted(set, () -> SetPage.first(visible, context(visible, at), size));
  }

  /** The page that begins at a cursor: see {@link SetPage#after}. */
  public SetPage pageAfter(SetPlan set, long at, List<Value> cursor, long size) {
    SetPlan visible = admission.visible(set);
    return counted(set, () -> SetPage.after(visible, context(visible, at), cursor, size));
  }

  /** The page that ends before a cursor: see {@link SetPage#before}. */
  public SetPage pageBefore(SetPlan set, long at, List<Value> cursor, long size) {
    SetPlan visible = admission.visible(set);
    return counted(set, () -> SetPage.before(visible, context(visible, at), cursor, size));
  }

  /**
   * A page costs at least what the first look into its set costs, shown or not; a page of databases
   * costs that twice.
   */
  private SetPage counted(SetPlan set, Supplier<SetPage> read) {
    Transaction transaction = session.transaction();
    long before = transaction.metrics().readOps();
    SetPage page = read.get();
    if (transaction.metrics().readOps() == before) {
      transaction.counts().page(partitions(set));
    }
    if (set instanceof SetPlan.SystemDocuments(_, int kind) && kind == SystemCollections.DATABASE) {
      transaction.counts().page(ReadCounts.COLLECTION_PARTITIONS);
    }
    return page;
  }

  /** What the first look into a set costs, as far as the set has one source. */
  private int partitions(SetPlan set) {
    return switch (set) {
      case SetPlan.Documents _, SetPlan.SystemDocuments _ -> ReadCounts.COLLECTION_PARTITIONS;
      case SetPlan.Match(Ref ref, _) -> {
        IndexDef index = session.catalog(ref.scope()).index((int) ref.id());
        yield index == null ? 0 : index.partitions();
      }
      case SetPlan.Range(SetPlan inner, _, _) -> partitions(inner);
      case SetPlan.Reverse(SetPlan inner) -> partitions(inner);
      case SetPlan.Filter(SetPlan inner, _) -> partitions(inner);
      case SetPlan.Distinct(SetPlan inner) -> partitions(inner);
      default -> 0;
    };
  }

  /** Walks over what may be seen of a set. */
  public EntryCursor open(SetPlan set, long at, Direction direction) {
    SetPlan visible = admission.visible(set);
    return visible.open(context(visible, at), direction);
  }

  /**
   * The first element of a set whether or not its document may be read, which {@code Get}, {@code
   * Login} and {@code Exists} of a set go by; null when the set is empty.
   */
  public Entry first(SetPlan set, long at) {
    try (EntryCursor entries = admission.unfiltered(set).open(context(at), Direction.ASCENDING)) {
      return entries.next() ? entries.entry() : null;
    }
  }

  /**
   * {@code Exists(set)}, {@code IsNonEmpty(set)}: whether the first element of the unfiltered set
   * exists and may be read.
   */
  public boolean isNonEmpty(SetPlan set, long at) {
    Entry first = first(set, at);
    return first != null && session.mayRead(first.ref());
  }

  /** The first page of what may be seen of a history. */
  public EventPage eventPage(EventsPlan events, long at, long size) {
    return EventPage.first(admission.visible(events), context(at), size);
  }

  /** The page of a history that begins at a cursor: see {@link EventPage#after}. */
  public EventPage eventPageAfter(EventsPlan events, long at, EventBound cursor, long size) {
    return EventPage.after(admission.visible(events), context(at), cursor, size);
  }

  /** The page of a history that ends before a cursor: see {@link EventPage#before}. */
  public EventPage eventPageBefore(EventsPlan events, long at, EventBound cursor, long size) {
    return EventPage.before(admission.visible(events), context(at), cursor, size);
  }

  /**
   * How the elements of a set are built; building a set needs no permission. Null when only
   * evaluating it could tell.
   */
  public Shape shape(SetPlan set) {
    return set.shape(context(Transaction.NOW));
  }

  /** Whether these sets can be united, intersected or subtracted. */
  public boolean areCompatible(List<SetPlan> sets) {
    return SetPlan.areCompatible(sets, context(Transaction.NOW));
  }

  private ReadContext context(long at) {
    return ReadContext.of(session.transaction(), at);
  }

  /** To read a set of which not everything may be seen: nor is it said how much that is. */
  private ReadContext context(SetPlan visible, long at) {
    return showsAll(visible) ? context(at) : ReadContext.discreet(session.transaction(), at);
  }

  private boolean showsAll(SetPlan visible) {
    return switch (visible) {
      case SetPlan.Permitted(SetPlan.Documents(long scope, int collection, _), _) ->
          session
              .guard()
              .readsAll(new Ref(scope, SystemCollections.COLLECTION, collection), Action.READ);
      case SetPlan.Permitted _ -> session.permissions().isPrivileged();
      default -> true;
    };
  }
}
