package io.refugium.benchmarks.load;

import java.io.IOException;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The workloads in FQL v10, as drivers send them: templates whose values change. */
enum Fql10Workload implements Workload {
  LITERAL("literal", false, null) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return text("1 + 1");
    }
  },
  READ("read by id", false, PeerQuery.READ) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return template("todos.byId(", quoted(data.anyTodo(random)), ")");
    }
  },
  READ_OWN("read by id under a role with a predicate", true, PeerQuery.READ_OWN) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return template("todos.byId(", quoted(data.ownTodo(random)), ")!");
    }
  },
  PAGE_OF_DOCUMENTS("page of 64 documents by index", false, PeerQuery.PAGE_OF_DOCUMENTS) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return template("todos.byOwner(users.byId(", quoted(data.anyUser(random)), ")).pageSize(64)");
    }
  },
  LIST_OWN("list 10 own documents of all under a role", true, PeerQuery.LIST_OWN) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return text("todos.all().pageSize(10)");
    }
  },
  PROJECTION("page of 16 with a join by projection", false, PeerQuery.PROJECTION) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return template(
          "todos.byOwner(users.byId(",
          quoted(data.anyUser(random)),
          ")) { title, done, owner { name } }");
    }
  },
  CALL("read through a function with a role", true, PeerQuery.CALL) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return template("todoTitle(", quoted(data.anyTodo(random)), ")");
    }
  },
  LOGIN("login", false, PeerQuery.LOGIN) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return template(
          "Credential.byDocument(users.byEmail(\\\"" + Dataset.EMAIL + "\\\").first()!)!.login(",
          '"' + Dataset.PASSWORD + '"',
          ")");
    }
  },
  CREATE("create", false, PeerQuery.CREATE) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      int id = random.nextInt(1 << 30);
      return template("todos.create(", contents(id, 1_000_000 + id % 100_000), ")");
    }
  },
  UPDATE("update", false, PeerQuery.UPDATE) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return template(
          "todos.byId(",
          quoted(data.anyTodo(random)),
          ")!.update(",
          "{\"done\":true,\"priority\":{\"@int\":\"" + random.nextInt(Dataset.PRIORITIES) + "\"}}",
          ")");
    }
  },
  COUNT("all clients increment one counter", false, PeerQuery.COUNT) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return text("let c = counters.byId(\\\"1\\\")!\\nc.update({ n: c.n + 1 })");
    }
  },
  MIXED("mixed, 80 reads to 20 updates", false, null) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return (random.nextInt(5) == 0 ? UPDATE : READ).query(data, random);
    }
  };

  private final Description description;

  Fql10Workload(String title, boolean asMember, PeerQuery peer) {
    this.description = new Description(title, asMember, peer);
  }

  @Override
  public Description description() {
    return description;
  }

  @Override
  public String path() {
    return Call.FQL10;
  }

  /** Fills a fresh server. */
  static Dataset load(int port, int documents) throws IOException {
    Loader server = new Loader(port, Call.FQL10);
    String root = ServerProcess.SECRET;
    server.ask(root, text("Database.create({ name: \\\"bench\\\" })"));
    String admin =
        server.secret(root, text("Key.create({ role: \\\"admin\\\", database: \\\"bench\\\" })"));
    server.ask(admin, text(collection("users", "team", "email")));
    server.ask(admin, text(collection("todos", "owner", "priority")));
    server.ask(admin, text("Collection.create({ name: \\\"counters\\\" })"));
    server.ask(
        admin,
        text(
            "Function.create({ name: \\\"todoTitle\\\", role: \\\"server-readonly\\\", body: \\\"id => todos.byId(id)!.title\\\" })"));
    server.ask(
        admin,
        text(
            "Role.create({ name: \\\"member\\\", membership: [{ resource: \\\"users\\\" }], privileges: ["
                + "{ resource: \\\"todos\\\", actions: { read: \\\"todo => todo.owner == Query.identity()\\\" } },"
                + "{ resource: \\\"todoTitle\\\", actions: { call: true } }] })"));
    int users = Dataset.users(documents);
    server.fill(admin, users, (from, to) -> creations("users", from, to, Fql10Workload::person));
    server.fill(
        admin,
        documents,
        (from, to) -> creations("todos", from, to, id -> identified(id, id % users)));
    server.ask(admin, text("counters.create({ id: \\\"1\\\", n: 0 })"));
    server.ask(
        admin,
        text(
            "Credential.create({ document: users.byId(\\\"1\\\"), password: \\\""
                + Dataset.PASSWORD
                + "\\\" })"));
    return new Dataset(
        server.secret(admin, text("Key.create({ role: \\\"server\\\" })")),
        server.secret(admin, text("Token.create({ document: users.byId(\\\"1\\\") })")),
        documents);
  }

  private static String collection(String name, String first, String second) {
    return "Collection.create({ name: \\\"%s\\\", indexes: { %s: { terms: [{ field: \\\".%s\\\" }] }, %s: { terms: [{ field: \\\".%s\\\" }] } } })"
        .formatted(name, by(first), first, by(second), second);
  }

  private static String by(String field) {
    return "by" + Character.toUpperCase(field.charAt(0)) + field.substring(1);
  }

  private static String creations(
      String collection, int from, int to, java.util.function.IntFunction<String> contents) {
    String values = IntStream.range(from, to).mapToObj(contents).collect(Collectors.joining(","));
    return template("(", "[" + values + "]", ").forEach(it => " + collection + ".create(it))");
  }

  private static String person(int id) {
    return "{\"id\":\"%d\",\"name\":\"User %d\",\"email\":\"user%d@example.com\",\"team\":{\"@int\":\"%d\"}}"
        .formatted(id, id, id, id / Dataset.USERS_PER_TEAM);
  }

  private static String identified(int id, int owner) {
    return "{\"id\":\"" + id + "\"," + contents(id, owner).substring(1);
  }

  /** The contents of a to-do, about 150 bytes. */
  private static String contents(int id, int owner) {
    return "{\"owner\":{\"@ref\":{\"id\":\""
        + owner
        + "\",\"coll\":{\"@mod\":\"users\"}}},\"title\":\""
        + Dataset.title(id)
        + "\",\"done\":false,\"priority\":{\"@int\":\""
        + Dataset.priority(id)
        + "\"},\"tags\":[\"home\",\"weekly\"]}";
  }

  /** A query without values, its text escaped for JSON. */
  private static String text(String query) {
    return "{\"query\":\"" + query + "\"}";
  }

  /** A query of alternating text and JSON values. */
  private static String template(String... parts) {
    StringBuilder query = new StringBuilder("{\"query\":{\"fql\":[");
    for (int i = 0; i < parts.length; i++) {
      query.append(i == 0 ? "" : ",");
      if (i % 2 == 0) {
        query.append('"').append(parts[i]).append('"');
      } else {
        query.append("{\"value\":").append(parts[i]).append('}');
      }
    }
    return query.append("]}}").toString();
  }

  private static String quoted(int number) {
    return "\"" + number + '"';
  }
}
