package io.refugium.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.refugium.database.Transaction;
import io.refugium.database.document.Version;
import io.refugium.model.ArrayValue;
import io.refugium.model.BooleanValue;
import io.refugium.model.ObjectValue;
import io.refugium.model.Ref;
import io.refugium.model.StringValue;
import io.refugium.model.SystemCollections;
import io.refugium.model.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random roles, memberships, legacy permissions, delegations, principals and operations, decided by
 * the access system and, from the model they were made from, by {@link NaiveEvaluator}. The two
 * share no code; they must agree on every case.
 */
class AgainstNaiveEvaluatorTest {
  private static final int WORLDS = 60;
  private static final int OPERATIONS = 150;
  private static final long SEED = Long.getLong("refugium.test.seed", 20260101L);

  @Test
  void agreesOnEverything() {
    Random random = new Random(SEED);
    int decided = 0;
    int granted = 0;
    for (int i = 0; i < WORLDS; i++) {
      try (World world = new World()) {
        NaiveEvaluator model = Generator.model(random, world);
        Generator.write(model, world);
        for (NaiveEvaluator.Who who : Generator.principals(random, model, world)) {
          int[] counts = check(random, world, model, who, i);
          decided += counts[0];
          granted += counts[1];
        }
      }
    }
    // neither side may win by always saying the same
    assertThat(decided).isGreaterThan(100_000);
    assertThat(granted).isBetween(decided / 10, decided * 9 / 10);
  }

  /**
   * Decides many operations in one request, which is then abandoned. Counts decisions and grants.
   */
  private static int[] check(
      Random random, World world, NaiveEvaluator model, NaiveEvaluator.Who who, int round) {
    int[] counts = new int[2];
    try {
      world.as(
          who.secret(),
          session -> {
            for (int i = 0; i < OPERATIONS; i++) {
              Operation operation = Generator.operation(random, world);
              boolean expected = model.may(who, operation);
              Decision decision = session.decide(operation);
              assertThat(decision.granted())
                  .as("seed %d, world %d: %s does %s: %s", SEED, round, who, operation, decision)
                  .isEqualTo(expected);
              counts[0]++;
              counts[1] += expected ? 1 : 0;
            }
            for (int i = 0; i < OPERATIONS / 5; i++) {
              Ref ref = Generator.document(random, world);
              String expected = model.outcomes(who, ref, world.present(ref));
              assertThat(outcomes(session, ref))
                  .as("seed %d, world %d: %s and %s", SEED, round, who, ref)
                  .isEqualTo(expected);
              counts[0] += 4;
              counts[1] += (int) expected.chars().filter(c -> c == 'Y').count();
            }
            throw new Abandoned();
          });
    } catch (Abandoned expected) {
      return counts;
    }
    throw new AssertionError("the request was not abandoned");
  }

  /** What comes of reading in v4 and v10, and of updating in both: Yes, No, Missing. */
  private static String outcomes(Session session, Ref ref) {
    return switch (session.v4().get(ref, Transaction.NOW)) {
          case Lookup.Found _ -> "Y";
          case Lookup.Missing _ -> "M";
          case Lookup.Denied _ -> "N";
        }
        + switch (session.v10().read(ref, ReadTime.NOW)) {
          case Lookup.Found _ -> "Y";
          case Lookup.Missing _ -> "M";
          case Lookup.Denied _ -> "N";
        }
        + outcome(() -> session.v4().write(ref, before -> unchanged(before.fields()), null))
        + outcome(() -> session.v10().write(ref, before -> unchanged(before.fields())));
  }

  private static String outcome(Runnable write) {
    try {
      write.run();
      return "Y";
    } catch (AccessException.Denied denied) {
      return "N";
    } catch (AccessException.Missing missing) {
      return "M";
    }
  }

  private static Change unchanged(ObjectValue fields) {
    return Change.exactly(fields, Preparation.of(fields));
  }

  private static final class Abandoned extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Makes models, writes them down as documents, and makes up operations. */
  private static final class Generator {
    private static final List<String> GRANTS =
        List.of("", "", "yes", "no", "true", "false", "one", "fails", "even", "mine", "known");
    private static final List<Action> ACTIONS = List.of(Action.values());

    static NaiveEvaluator model(Random random, World world) {
      NaiveEvaluator model = new NaiveEvaluator(world.app, world.kid);
      List<Ref> resources =
          List.of(
              world.collection(world.todos),
              world.collection(world.posts),
              world.collection(world.users),
              world.collection(SystemCollections.TOKEN),
              world.collection(SystemCollections.KEY),
              world.collection(SystemCollections.COLLECTION),
              new Ref(world.app, SystemCollections.INDEX, SystemCollections.FIRST_INDEX),
              new Ref(world.app, SystemCollections.FUNCTION, 7));
      int roles = random.nextInt(5);
      for (int i = 0; i < roles; i++) {
        List<NaiveEvaluator.Privilege> privileges = new ArrayList<>();
        for (int p = random.nextInt(5); p > 0; p--) {
          Map<Action, String> actions = new LinkedHashMap<>();
          for (Action action : ACTIONS) {
            String grant = pick(random, GRANTS);
            if (!grant.isEmpty()) {
              actions.put(action, grant);
            }
          }
          privileges.add(
              new NaiveEvaluator.Privilege(pick(random, resources), random.nextBoolean(), actions));
        }
        List<NaiveEvaluator.Membership> members = new ArrayList<>();
        for (int m = random.nextInt(3); m > 0; m--) {
          members.add(
              new NaiveEvaluator.Membership(
                  pick(random, List.of(world.users, world.users, world.posts)),
                  random.nextBoolean(),
                  pick(random, List.of("", "", "true", "false", "one", "fails", "even", "known"))));
        }
        model.roles.put("role" + i, new NaiveEvaluator.Role(privileges, members));
      }
      for (int collection : List.of(world.todos, world.posts, world.users)) {
        if (random.nextInt(3) == 0) {
          model.permissions.put(world.collection(collection), permissions(random, world));
        }
      }
      for (Ref document : List.of(world.todo10, world.todo11, world.alice, world.bob)) {
        if (random.nextInt(3) == 0) {
          model.permissions.put(document, permissions(random, world));
        }
      }
      for (Ref from : List.of(world.alice, world.bob, world.carol)) {
        if (random.nextInt(4) == 0) {
          model.delegates.put(
              from, Set.of(pick(random, List.of(world.alice, world.bob, world.carol))));
        }
      }
      return model;
    }

    private static Map<String, List<Value>> permissions(Random random, World world) {
      List<Value> values =
          List.of(
              new StringValue("public"),
              world.alice,
              world.bob,
              world.collection(world.users),
              world.collection(world.todos),
              new StringValue("other"));
      Map<String, List<Value>> permissions = new LinkedHashMap<>();
      for (String field : List.of("read", "write", "create", "history_read", "history_write")) {
        if (random.nextInt(3) == 0) {
          permissions.put(
              field,
              random.nextBoolean()
                  ? List.of(pick(random, values))
                  : List.of(pick(random, values), pick(random, values)));
        }
      }
      return permissions;
    }

    static void write(NaiveEvaluator model, World world) {
      world.predicates.put(
          "even", (_, input) -> World.returned(BooleanValue.of(target(input).id() % 2 == 0)));
      world.predicates.put(
          "known", (session, _) -> World.returned(BooleanValue.of(session.identity() != null)));
      world.predicates.put(
          "mine",
          (session, input) ->
              World.returned(
                  BooleanValue.of(
                      session.identity() != null
                          && session.identity().id() == target(input).id() % 3)));
      model.roles.forEach(
          (name, role) -> world.create(SystemCollections.ROLE, document(name, role, world)));
      model.permissions.forEach((ref, fields) -> world.update(ref, "permissions", object(fields)));
      model.delegates.forEach(
          (from, to) -> world.update(from, "delegates", new ArrayValue(List.copyOf(to))));
    }

    private static Ref target(PredicateInput input) {
      return switch (input) {
        case Operation operation -> operation.target();
        case PredicateInput.Member(Ref document) -> document;
        case PredicateInput.Claims _ -> throw new AssertionError("no claims here");
      };
    }

    private static ObjectValue object(Map<String, List<Value>> permissions) {
      ObjectValue.Builder object = ObjectValue.builder();
      permissions.forEach(
          (field, values) ->
              object.put(field, values.size() == 1 ? values.getFirst() : new ArrayValue(values)));
      return object.build();
    }

    private static ObjectValue document(String name, NaiveEvaluator.Role role, World world) {
      List<Value> privileges = new ArrayList<>();
      for (NaiveEvaluator.Privilege privilege : role.privileges()) {
        ObjectValue.Builder actions = ObjectValue.builder();
        privilege
            .actions()
            .forEach(
                (action, grant) -> actions.put(action.word(), grant(grant, privilege.byName())));
        Value resource = privilege.byName() ? name(privilege.resource(), world) : null;
        privileges.add(
            ObjectValue.of("resource", resource == null ? privilege.resource() : resource)
                .with("actions", actions.build()));
      }
      List<Value> members = new ArrayList<>();
      for (NaiveEvaluator.Membership member : role.members()) {
        Ref collection = world.collection(member.collection());
        ObjectValue entry =
            ObjectValue.of("resource", member.byName() ? name(collection, world) : collection);
        members.add(
            member.predicate().isEmpty()
                ? entry
                : entry.with("predicate", predicate(member.predicate(), member.byName())));
      }
      return World.object("name", name)
          .with(
              "privileges",
              privileges.size() == 1 ? privileges.getFirst() : new ArrayValue(privileges))
          .with("membership", members.size() == 1 ? members.getFirst() : new ArrayValue(members));
    }

    private static Value grant(String grant, boolean v10) {
      return switch (grant) {
        case "yes" -> BooleanValue.TRUE;
        case "no" -> BooleanValue.FALSE;
        default -> predicate(grant, v10);
      };
    }

    private static Value predicate(String name, boolean v10) {
      return v10 ? World.v10(name) : World.v4(name);
    }

    private static Value name(Ref resource, World world) {
      Map<Ref, String> names =
          Map.of(
              world.collection(world.todos), "todos",
              world.collection(world.posts), "posts",
              world.collection(world.users), "users",
              world.collection(SystemCollections.TOKEN), "Token",
              world.collection(SystemCollections.KEY), "Key",
              world.collection(SystemCollections.COLLECTION), "Collection");
      return names.containsKey(resource) ? new StringValue(names.get(resource)) : null;
    }

    static List<NaiveEvaluator.Who> principals(Random random, NaiveEvaluator model, World world) {
      List<NaiveEvaluator.Who> all = new ArrayList<>();
      for (PermissionSet.BuiltIn set :
          List.of(
              PermissionSet.BuiltIn.ADMIN,
              PermissionSet.BuiltIn.SERVER,
              PermissionSet.BuiltIn.SERVER_READONLY,
              PermissionSet.BuiltIn.NONE)) {
        String role =
            set == PermissionSet.BuiltIn.NONE
                ? "client"
                : set.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        all.add(new NaiveEvaluator.Who(world.key(role), set, null, Set.of()));
      }
      Set<String> some = new LinkedHashSet<>();
      model.roles.keySet().stream().filter(_ -> random.nextBoolean()).forEach(some::add);
      Value role =
          new ArrayValue(some.stream().map(name -> (Value) new StringValue(name)).toList());
      all.add(new NaiveEvaluator.Who(world.key(role), null, null, some));
      for (Ref user : List.of(world.alice, world.bob, world.carol)) {
        all.add(new NaiveEvaluator.Who(world.token(user), null, user, Set.of()));
      }
      return all;
    }

    static Ref document(Random random, World world) {
      int collection = pick(random, List.of(world.todos, world.posts, world.users));
      return new Ref(world.app, collection, pick(random, List.of(1L, 2L, 3L, 10L, 11L, 12L)));
    }

    static Operation operation(Random random, World world) {
      Ref target =
          switch (random.nextInt(10)) {
            case 0 -> new Ref(world.app, SystemCollections.KEY, 1 + random.nextInt(3));
            case 1 -> new Ref(world.app, SystemCollections.TOKEN, 1 + random.nextInt(3));
            case 2 -> new Ref(world.app, SystemCollections.COLLECTION, world.todos);
            case 3 ->
                new Ref(world.kid, pick(random, List.of(world.todos, SystemCollections.KEY)), 10);
            default -> document(random, world);
          };
      Ref index =
          new Ref(
              world.app,
              SystemCollections.INDEX,
              SystemCollections.FIRST_INDEX + random.nextInt(2));
      return switch (random.nextInt(11)) {
        case 0 -> new Operation.Create(target, ObjectValue.EMPTY);
        case 1 -> new Operation.CreateWithId(target, ObjectValue.EMPTY);
        case 2 ->
            new Operation.Write(target, ObjectValue.EMPTY, ObjectValue.EMPTY, ObjectValue.EMPTY);
        case 3 -> new Operation.Delete(target);
        case 4 -> new Operation.HistoryRead(target);
        case 5 -> new Operation.HistoryWrite(target, 1, Version.Change.UPDATE, ObjectValue.EMPTY);
        case 6 -> new Operation.ReadIndex(index, List.of());
        case 7 -> new Operation.ReadIndexUnrestricted(index, List.of());
        case 8 -> new Operation.ListUnrestricted(world.collection(world.todos));
        case 9 ->
            new Operation.Call(
                new Ref(world.app, SystemCollections.FUNCTION, 7 + random.nextInt(2)), List.of());
        default -> new Operation.Read(target);
      };
    }

    private static <T> T pick(Random random, List<T> from) {
      return from.get(random.nextInt(from.size()));
    }
  }
}
