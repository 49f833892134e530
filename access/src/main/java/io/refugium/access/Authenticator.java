package io.refugium.access;

import io.refugium.access.jwt.Jwt;
import io.refugium.access.secret.Scope;
import io.refugium.access.secret.ScopedSecret;
import io.refugium.access.secret.Secret;
import io.refugium.database.Transaction;
import io.refugium.database.catalog.AccessProviderDef;
import io.refugium.database.catalog.Catalog;
import io.refugium.database.catalog.CollectionDef;
import io.refugium.database.catalog.DatabaseInfo;
import io.refugium.database.catalog.RoleDef;
import io.refugium.database.document.Document;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds out who is asking, once per request, on the snapshot of its transaction (spec access 13.1;
 * the steps are lettered as there). All refusals look the same from outside: null, which becomes
 * 401. Thread-safe.
 */
final class Authenticator {
  private final Languages languages;
  private final Vault vault;
  private final QueryLimits queries;
  private final List<String> rootHashes;

  Authenticator(Languages languages, Vault vault, QueryLimits queries, List<String> rootHashes) {
    this.queries = queries;
    this.languages = languages;
    this.vault = vault;
    this.rootHashes = List.copyOf(rootHashes);
  }

  /** The principal with this secret, or null. */
  Principal authenticate(Transaction transaction, ScopedSecret secret) {
    return new Attempt(transaction).secret(secret);
  }

  /**
   * Where the keys are published that a token must be signed with, or null when no access provider
   * is in charge.
   */
  String keysFor(Transaction transaction, Jwt token) {
    AccessProviderDef provider = new Attempt(transaction).provider(token);
    return provider == null ? null : provider.jwksUri();
  }

  /**
   * The principal with this token, or null.
   *
   * @param keys where the keys were published that the token was checked with: the provider must
   *     still say so
   */
  Principal authenticate(Transaction transaction, Jwt token, String keys) {
    return new Attempt(transaction).token(token, keys);
  }

  /** One authentication, on one snapshot. */
  private final class Attempt {
    private final Transaction transaction;

    Attempt(Transaction transaction) {
      this.transaction = transaction;
    }

    Principal secret(ScopedSecret scoped) {
      Secret secret = Secret.decode(scoped.secret());
      Document document = secret == null ? null : SecretDocuments.find(transaction, vault, secret);
      Principal principal =
          switch (secret) {
            case Secret.KeySecret _ when document != null -> key(document, scoped.scope());
            case Secret.TokenSecret _ when document != null -> token(document);
            case null, default -> null;
          };
      return principal != null ? principal : root(scoped);
    }

    // A4
    private Principal key(Document key, Scope scope) {
      DatabaseInfo database = database(key);
      if (database == null || database.disabled()) {
        return null;
      }
      Value role = key.get("role");
      if (role == null) {
        return null;
      }
      PermissionSet permissions =
          RoleNames.permissions(role, transaction.catalog(database.scope()));
      LoginSource source = new LoginSource.Key(key.ref());
      return scope == null
          ? principal(source, permissions, database, key.ref().scope())
          : scoped(source, permissions, database, key.ref().scope(), scope);
    }

    /** The database that a key gives access to: a child of the one that stores it, or that one. */
    private DatabaseInfo database(Document key) {
      long home = key.ref().scope();
      return switch (key.get("database")) {
        case null -> transaction.database(home);
        case Ref child when child.scope() == home -> existing(child);
        case StringValue(String name) -> existing(transaction.childDatabase(home, name));
        default -> null;
      };
    }

    private DatabaseInfo existing(Ref database) {
      boolean exists = database != null && database.collection() == SystemCollections.DATABASE;
      return exists ? transaction.database(Transaction.scopeOf(database)) : null;
    }

    // A5: whatever scope was asked for
    private Principal token(Document token) {
      return token.get(Secrets.INSTANCE) instanceof Ref document
              && document.scope() == token.ref().scope()
          ? identity(
              new LoginSource.Token(token.ref()), document, document.scope(), document.scope())
          : null;
    }

    // A6
    private Principal root(ScopedSecret scoped) {
      boolean matches = false;
      for (String hash : rootHashes) {
        matches |= vault.verifier().matches(scoped.secret(), hash, transaction::requireWaiting);
      }
      if (!matches) {
        return null; // A7
      }
      LoginSource source = new LoginSource.Root();
      DatabaseInfo database = transaction.database(Ref.ROOT);
      return scoped.scope() == null
          ? principal(source, PermissionSet.BuiltIn.ADMIN, database, Ref.ROOT)
          : scoped(source, PermissionSet.BuiltIn.ADMIN, database, Ref.ROOT, scoped.scope());
    }

    /**
     * What a key may become (2.4): admin anything, server a document of its own database, others
     * nothing.
     */
    private Principal scoped(
        LoginSource source,
        PermissionSet permissions,
        DatabaseInfo base,
        long authScope,
        Scope scope) {
      boolean allowed =
          permissions == PermissionSet.BuiltIn.ADMIN
              || permissions == PermissionSet.BuiltIn.SERVER
                  && scope.path().isEmpty()
                  && scope.target() instanceof Scope.Doc;
      if (!allowed) {
        return null;
      }
      DatabaseInfo database =
          scope.path().isEmpty() ? base : transaction.resolve(base.scope(), scope.path());
      if (database == null || database.disabled()) {
        return null;
      }
      return switch (scope.target()) {
        case Scope.BuiltIn role -> principal(source, builtIn(role), database, authScope);
        case Scope.Role(String name) -> {
          RoleDef role = transaction.catalog(database.scope()).role(name);
          yield role == null
              ? null
              : principal(
                  source,
                  new PermissionSet.Roles(Set.of(role.document().ref())),
                  database,
                  authScope);
        }
        case Scope.Doc(String collection, String id) -> {
          Ref document = document(transaction.catalog(database.scope()), collection, id);
          yield document == null ? null : identity(source, document, database.scope(), authScope);
        }
      };
    }

    private static PermissionSet builtIn(Scope.BuiltIn role) {
      return switch (role) {
        case ADMIN -> PermissionSet.BuiltIn.ADMIN;
        case SERVER -> PermissionSet.BuiltIn.SERVER;
        case SERVER_READONLY -> PermissionSet.BuiltIn.SERVER_READONLY;
        case CLIENT -> PermissionSet.BuiltIn.NONE;
      };
    }

    private static Ref document(Catalog catalog, String collection, String id) {
      CollectionDef definition = catalog.collection(collection);
      boolean isNumber =
          !id.isEmpty() && id.length() <= 19 && id.chars().allMatch(c -> c >= '0' && c <= '9');
      if (definition == null || !isNumber) {
        return null;
      }
      try {
        return new Ref(catalog.scope(), definition.id(), Long.parseLong(id));
      } catch (NumberFormatException tooLarge) {
        return null;
      }
    }

    private static Principal principal(
        LoginSource source, PermissionSet permissions, DatabaseInfo database, long authScope) {
      return new Principal(source, null, List.of(), permissions, database.scope(), authScope);
    }

    /**
     * A principal that acts as a document, which must exist in a user collection, with the roles
     * that it is a member of.
     */
    private Principal identity(LoginSource source, Ref document, long scope, long authScope) {
      if (!SystemCollections.isUser(document.collection()) || transaction.peek(document) == null) {
        return null;
      }
      List<Ref> delegators =
          transaction.identities().delegatorsOf(document, AccessLimits.DELEGATORS);
      Principal bare =
          new Principal(source, document, delegators, PermissionSet.BuiltIn.NONE, scope, authScope);
      Session session = authenticating(bare);
      Set<Ref> roles = new HashSet<>();
      addMemberships(session, document, roles);
      for (Ref delegator : delegators) {
        addMemberships(session, delegator, roles);
      }
      return bare.with(new PermissionSet.Identity(document, roles));
    }

    // 9.2: the provider of the database that the token is for, by its issuer
    AccessProviderDef provider(Jwt token) {
      DatabaseInfo database = transaction.database(token.scope());
      boolean reserved = token.issuer().equals(Jwt.audience(token.scope()));
      if (database == null || database.disabled() || database.isRoot() || reserved) {
        return null;
      }
      for (AccessProviderDef provider : transaction.catalog(token.scope()).accessProviders()) {
        if (token.issuer().equals(provider.issuer())) {
          return provider;
        }
      }
      return null;
    }

    // 9.2: with the roles of the provider whose predicates hold; without any, the token is worth
    // nothing
    Principal token(Jwt token, String keys) {
      AccessProviderDef provider = provider(token);
      if (provider == null || !keys.equals(provider.jwksUri())) {
        return null;
      }
      LoginSource source = new LoginSource.Jwt(provider.document().ref(), token.payload());
      Principal bare =
          new Principal(
              source, null, List.of(), PermissionSet.BuiltIn.NONE, token.scope(), token.scope());
      Session session = authenticating(bare);
      Set<Ref> roles = new HashSet<>();
      for (ProviderRole role : ProviderRole.of(provider, session.catalog(), languages)) {
        if (role.predicate() == null
            || holds(session, role.predicate(), new PredicateInput.Claims(token.payload()))) {
          roles.add(role.role());
        }
      }
      return roles.isEmpty() ? null : bare.with(new PermissionSet.Roles(roles));
    }

    /** For predicates: what they guess, nobody has asked for. */
    private Session authenticating(Principal bare) {
      return Session.open(transaction, bare, languages, vault, queries, Guesses.Attempt.UNBLAMED);
    }

    // 5.4
    private static void addMemberships(Session session, Ref document, Set<Ref> roles) {
      for (Policy.Membership membership : session.policy().memberships(document.collection())) {
        if (!roles.contains(membership.role()) && admits(session, membership, document)) {
          roles.add(membership.role());
        }
      }
    }

    private static boolean admits(Session session, Policy.Membership membership, Ref document) {
      return membership.predicate() == null
          || holds(
              session, membership.predicate().predicate(), new PredicateInput.Member(document));
    }

    private static boolean holds(Session session, Predicate predicate, PredicateInput input) {
      return session.forAuthentication().evaluate(predicate, input).isTrue();
    }
  }
}
