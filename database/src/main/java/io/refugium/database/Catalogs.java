package io.refugium.database;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CatalogLoader;
import io.refugium.database.catalog.CollectionState;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.catalog.DerivedFields;
import io.refugium.database.document.Document;
import io.refugium.database.keys.Keyspace;
import io.refugium.database.keys.Pin;
import io.refugium.database.keys.SystemEntries;
import io.refugium.database.refusal.DatabaseException;
import io.refugium.database.view.RangeScan;
import io.refugium.database.view.View;
import io.refugium.database.view.WriteBuffer;
import io.refugium.model.BooleanValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import io.refugium.storage.Direction;
import io.refugium.storage.KeyRange;
import io.refugium.storage.Version;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The catalogs in use, by database and schema version. A request costs one small read of the store,
 * for the version; only the first one after a change loads and compiles the schema. Thread-safe.
 *
 * <p>A schema version is the commit time of its key. Nothing in the cache ever becomes wrong: a
 * change makes another version.
 */
final class Catalogs {
  /** Databases whose catalog is kept; more in use at once means loading again. */
  private static final int KEPT = 1_024;

  private static final Duration UNUSED = Duration.ofMinutes(30);

  /** The newest catalog of each database; who still works by an older one has it in hand. */
  private final Cache<Long, Catalog> newest =
      Caffeine.newBuilder()
          .maximumSize(KEPT)
          .expireAfterAccess(UNUSED)
          .executor(Runnable::run)
          .build();

  /** The committed schema in force; for a database that the transaction created, an empty one. */
  Catalog get(Transaction transaction, View view, long scope) {
    byte[] key = Keyspace.schemaVersion(scope);
    view.reads.add(key);
    Version version = view.snapshot.get(key, Transaction.NOW);
    if (version == null && scope != Ref.ROOT) {
      return createdHere(transaction, view, scope);
    }
    long wanted = version == null ? 0 : version.time();
    Catalog known = newest.getIfPresent(scope);
    if (known == null || known.version() != wanted) {
      Source committed = new Source(view, false, Pin.of(version));
      known = keep(CatalogLoader.load(committed, committed.info(scope), wanted, committed.pin()));
    }
    return known;
  }

  /**
   * Keeps a catalog unless there is one of a later version; returns the one to use for this
   * version.
   */
  private Catalog keep(Catalog loaded) {
    Catalog kept =
        newest
            .asMap()
            .merge(
                loaded.scope(), loaded, (old, now) -> old.version() >= now.version() ? old : now);
    return kept.version() == loaded.version() ? kept : loaded;
  }

  private Catalog createdHere(Transaction transaction, View view, long scope) {
    WriteBuffer.Pending own = view.writes.get(Keyspace.schemaVersion(scope));
    if (own == null || own.isDeletion()) {
      throw new DatabaseException.DatabaseNotFound(scope);
    }
    return CatalogLoader.load(
        new Source(view, false, Pin.NONE), info(view, scope), transaction.snapshotTime(), Pin.NONE);
  }

  /**
   * The schema as the committed schema documents have it: another one than that in force while it
   * is staged.
   */
  static Catalog latest(View view, Catalog active) {
    return active.isPinned()
        ? active.memo(
            Latest.CATALOG,
            () ->
                CatalogLoader.load(
                    new Source(view, false, Pin.NONE),
                    active.database(),
                    active.version(),
                    Pin.NONE))
        : active;
  }

  /** The key of {@link #latest} among what is derived from a catalog. */
  private enum Latest {
    CATALOG
  }

  /** The schema with the transaction's own writes; not kept. */
  Catalog loadPending(View view, long scope) {
    DatabaseInfo info = info(view, scope);
    if (info == null) {
      throw new DatabaseException.DatabaseNotFound(scope);
    }
    return CatalogLoader.load(
        new Source(view, true, Pin.NONE), info, view.snapshot.time(), Pin.NONE);
  }

  /** A schema in which some definitions are as the transaction's own writes have them; not kept. */
  static Catalog renew(View view, Catalog base, Set<Ref> changed) {
    return CatalogLoader.reload(
        new Source(view, true, Pin.NONE), base, changed, view.snapshot.time());
  }

  /** A database with the transaction's own writes; null when there is none. */
  DatabaseInfo info(View view, long scope) {
    return new Source(view, true, Pin.NONE).info(scope);
  }

  /**
   * Reads schema documents. What is read of the snapshot needs no validation: the schema version,
   * which was read before, stands for all of it.
   *
   * @param pin the time of which schema documents are read because later ones are staged
   */
  private record Source(View view, boolean withOwnWrites, long pin)
      implements CatalogLoader.Source {
    private boolean isPinned() {
      return pin != Pin.NONE;
    }

    @Override
    public List<Document> documents(long scope, int collection) {
      List<Document> documents = new ArrayList<>();
      try (RangeScan scan = scan(Keyspace.documents(scope, collection), collection)) {
        while (scan.next()) {
          documents.add(current(document(scan)));
        }
      }
      return documents;
    }

    private RangeScan scan(KeyRange range, int collection) {
      if (withOwnWrites) {
        return view.scanUnvalidated(range, Direction.ASCENDING);
      }
      boolean pinned = isPinned() && Pin.holds(collection);
      return view.scanCommitted(range, pinned ? pin : Transaction.NOW, Direction.ASCENDING);
    }

    /** A document as it would be if time had not stood still for how far indexes have come. */
    private Document current(Document document) {
      Ref ref = document.ref();
      return isPinned() && ref.collection() == SystemCollections.COLLECTION
          ? new Document(
              ref,
              document.ts(),
              DerivedFields.withStatus(
                  document.fields(), state(ref.scope(), (int) ref.id()).backings()))
          : document;
    }

    private static Document document(RangeScan scan) {
      if (scan.own() != null) {
        return scan.own().document();
      }
      Ref ref = Keyspace.documentRef(scan.key());
      return new Document(ref, scan.time(), View.stored(ref, scan.time(), scan.value()).fields());
    }

    @Override
    public CollectionState state(long scope, int collection) {
      byte[] stored = value(Keyspace.collection(scope, collection));
      CollectionState state = stored == null ? CollectionState.NEW : CollectionState.decode(stored);
      return isPinned() ? state : state.asStaged();
    }

    private byte[] value(byte[] key) {
      WriteBuffer.Pending own = withOwnWrites ? view.writes.get(key) : null;
      if (own != null) {
        return own.isDeletion() ? null : own.write().value();
      }
      Version version = view.snapshot.get(key, Transaction.NOW);
      return version == null ? null : version.value();
    }

    @Override
    public Document document(Ref ref) {
      byte[] key = Keyspace.document(ref);
      WriteBuffer.Pending own = withOwnWrites ? view.writes.get(key) : null;
      if (own != null) {
        return own.document();
      }
      Version version = view.snapshot.get(key, Transaction.NOW);
      return version == null
          ? null
          : new Document(
              ref, version.time(), View.stored(ref, version.time(), version.value()).fields());
    }

    /** A database with its ancestors; null when it or one of them is missing. */
    DatabaseInfo info(long scope) {
      Deque<Document> chain = new ArrayDeque<>();
      List<Long> ancestors = new ArrayList<>();
      long current = scope;
      while (current != Ref.ROOT) {
        byte[] parent = value(Keyspace.parent(current));
        Document document =
            parent == null
                ? null
                : document(
                    new Ref(SystemEntries.number(parent), SystemCollections.DATABASE, current));
        if (document == null) {
          return null;
        }
        chain.addFirst(document);
        current = SystemEntries.number(parent);
        ancestors.add(current);
      }
      return inherit(scope, chain, ancestors);
    }

    private static DatabaseInfo inherit(long scope, Deque<Document> chain, List<Long> ancestors) {
      boolean typechecked = true;
      boolean isProtected = false;
      boolean disabled = false;
      List<String> path = new ArrayList<>();
      for (Document document : chain) {
        typechecked = flag(document, "typechecked", typechecked);
        isProtected = flag(document, "protected", isProtected);
        disabled = disabled || flag(document, "disabled", false);
        path.add(document.get("name") instanceof StringValue(String name) ? name : "");
      }
      return new DatabaseInfo(
          scope,
          chain.peekLast(),
          List.copyOf(ancestors),
          List.copyOf(path),
          typechecked,
          isProtected,
          disabled);
    }

    private static boolean flag(Document document, String field, boolean inherited) {
      Value value = document.get(field);
      return value instanceof BooleanValue flag ? flag.value() : inherited;
    }
  }
}
