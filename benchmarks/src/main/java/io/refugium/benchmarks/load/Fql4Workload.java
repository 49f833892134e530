package io.refugium.benchmarks.load;

import java.io.IOException;
import java.util.SplittableRandom;

/** The workloads in FQL v4. */
enum Fql4Workload implements Workload {
  LITERAL("literal", false, null) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return "{\"add\":[1,1]}";
    }
  },
  READ("read by id", false, PeerQuery.READ) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return get(todo(data.anyTodo(random)));
    }
  },
  READ_OWN("read by id under a role with a predicate", true, PeerQuery.READ_OWN) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return get(todo(data.ownTodo(random)));
    }
  },
  PAGE("page of 64 references by index", false, PeerQuery.PAGE) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return page(match("todos_by_owner", user(data.anyUser(random))), "");
    }
  },
  PAGE_OF_DOCUMENTS("page of 64 documents by index", false, PeerQuery.PAGE_OF_DOCUMENTS) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return "{\"map\":{\"lambda\":\"x\",\"expr\":{\"get\":{\"var\":\"x\"}}},\"collection\":"
          + page(match("todos_by_owner", user(data.anyUser(random))), "")
          + "}";
    }
  },
  DEEP_PAGE("page of 64 from the middle of an index", false, PeerQuery.DEEP_PAGE) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return page(
          match("todos_by_priority", String.valueOf(random.nextInt(Dataset.PRIORITIES))),
          ",\"after\":[" + todo(data.anyTodo(random)) + "]");
    }
  },
  LIST_OWN("list 10 own documents of all under a role", true, PeerQuery.LIST_OWN) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return "{\"map\":{\"lambda\":\"x\",\"expr\":{\"get\":{\"var\":\"x\"}}},\"collection\":"
          + page("{\"documents\":{\"collection\":\"todos\"}}", ",\"size\":10")
          + "}";
    }
  },
  INTERSECTION("page of an intersection of two indexes", false, PeerQuery.INTERSECTION) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return page(
          "{\"intersection\":["
              + match("todos_by_owner", user(data.anyUser(random)))
              + ","
              + match("todos_by_priority", String.valueOf(random.nextInt(Dataset.PRIORITIES)))
              + "]}",
          "");
    }
  },
  JOIN("page of a join of two indexes", false, PeerQuery.JOIN) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return page(
          "{\"join\":"
              + match("users_by_team", String.valueOf(data.anyTeam(random)))
              + ",\"with\":{\"index\":\"todos_by_owner\"}}",
          "");
    }
  },
  CALL("read through a function with a role", true, PeerQuery.CALL) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return "{\"call\":{\"function\":\"todo_title\"},\"arguments\":["
          + todo(data.anyTodo(random))
          + "]}";
    }
  },
  LOGIN("login", false, PeerQuery.LOGIN) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return "{\"login\":"
          + match("users_by_email", '"' + Dataset.EMAIL + '"')
          + ",\"params\":{\"object\":{\"password\":\""
          + Dataset.PASSWORD
          + "\"}}}";
    }
  },
  CREATE("create", false, PeerQuery.CREATE) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      int id = random.nextInt(1 << 30);
      return "{\"create\":{\"collection\":\"todos\"},\"params\":"
          + contents(id, 1_000_000 + id % 100_000)
          + "}";
    }
  },
  UPDATE("update", false, PeerQuery.UPDATE) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return "{\"update\":"
          + todo(data.anyTodo(random))
          + ",\"params\":{\"object\":{\"data\":{\"object\":{\"done\":true,\"priority\":"
          + random.nextInt(Dataset.PRIORITIES)
          + "}}}}}";
    }
  },
  COUNT("all clients increment one counter", false, PeerQuery.COUNT) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      String counter = document("counters", 1);
      return "{\"update\":"
          + counter
          + ",\"params\":{\"object\":{\"data\":{\"object\":{\"n\":{\"add\":[1,{\"select\":[\"data\",\"n\"],\"from\":"
          + get(counter)
          + "}]}}}}}}";
    }
  },
  MIXED("mixed, 80 reads to 20 updates", false, null) {
    @Override
    public String query(Dataset data, SplittableRandom random) {
      return (random.nextInt(5) == 0 ? UPDATE : READ).query(data, random);
    }
  };

  private final Description description;

  Fql4Workload(String title, boolean asMember, PeerQuery peer) {
    this.description = new Description(title, asMember, peer);
  }

  @Override
  public Description description() {
    return description;
  }

  @Override
  public String path() {
    return Call.FQL4;
  }

  /** Fills a fresh server. */
  static Dataset load(int port, int documents) throws IOException {
    Loader server = new Loader(port, Call.FQL4);
    String root = ServerProcess.SECRET;
    server.ask(root, "{\"create_database\":{\"object\":{\"name\":\"bench\"}}}");
    String admin =
        server.secret(
            root,
            "{\"create_key\":{\"object\":{\"role\":\"admin\",\"database\":{\"database\":\"bench\"}}}}");
    for (String collection : new String[] {"users", "todos", "counters"}) {
      server.ask(admin, "{\"create_collection\":{\"object\":{\"name\":\"" + collection + "\"}}}");
    }
    server.ask(admin, index("todos_by_owner", "todos", "owner"));
    server.ask(admin, index("todos_by_priority", "todos", "priority"));
    server.ask(admin, index("users_by_team", "users", "team"));
    server.ask(admin, index("users_by_email", "users", "email"));
    server.ask(
        admin,
        "{\"create_function\":{\"object\":{\"name\":\"todo_title\",\"role\":\"server-readonly\",\"body\":{\"query\":"
            + "{\"lambda\":[\"ref\"],\"expr\":{\"select\":[\"data\",\"title\"],\"from\":{\"get\":{\"var\":\"ref\"}}}}}}}}");
    server.ask(admin, memberRole());
    int users = Dataset.users(documents);
    server.fill(admin, users, (from, to) -> creations("users", from, to, Fql4Workload::person));
    server.fill(
        admin,
        documents,
        (from, to) -> creations("todos", from, to, id -> contents(id, id % users)));
    server.ask(
        admin,
        "{\"create\":"
            + document("counters", 1)
            + ",\"params\":{\"object\":{\"data\":{\"object\":{\"n\":0}}}}}");
    server.ask(
        admin,
        "{\"update\":"
            + user(1)
            + ",\"params\":{\"object\":{\"credentials\":{\"object\":{\"password\":\""
            + Dataset.PASSWORD
            + "\"}}}}}");
    return new Dataset(
        server.secret(admin, "{\"create_key\":{\"object\":{\"role\":\"server\"}}}"),
        server.secret(
            admin,
            "{\"create\":{\"tokens\":null},\"params\":{\"object\":{\"instance\":"
                + user(1)
                + "}}}"),
        documents);
  }

  private static String index(String name, String source, String field) {
    return "{\"create_index\":{\"object\":{\"name\":\""
        + name
        + "\",\"source\":{\"collection\":\""
        + source
        + "\"},\"terms\":[{\"object\":{\"field\":[\"data\",\""
        + field
        + "\"]}}]}}}";
  }

  private static String memberRole() {
    String own =
        "{\"query\":{\"lambda\":\"ref\",\"expr\":{\"equals\":[{\"select\":[\"data\",\"owner\"],\"from\":{\"get\":{\"var\":\"ref\"}}},"
            + "{\"current_identity\":null}]}}}";
    return "{\"create_role\":{\"object\":{\"name\":\"member\",\"membership\":{\"object\":{\"resource\":{\"collection\":\"users\"}}},"
        + "\"privileges\":[{\"object\":{\"resource\":{\"collection\":\"todos\"},\"actions\":{\"object\":{\"read\":"
        + own
        + "}}}},{\"object\":{\"resource\":{\"index\":\"todos_by_owner\"},\"actions\":{\"object\":{\"read\":true}}}},"
        + "{\"object\":{\"resource\":{\"function\":\"todo_title\"},\"actions\":{\"object\":{\"call\":true}}}}]}}}";
  }

  private static String creations(
      String collection, int from, int to, java.util.function.IntFunction<String> contents) {
    StringBuilder text = new StringBuilder("{\"do\":[");
    for (int id = from; id < to; id++) {
      text.append("{\"create\":")
          .append(document(collection, id))
          .append(",\"params\":")
          .append(contents.apply(id))
          .append("},");
    }
    return text.append("null]}").toString();
  }

  private static String person(int id) {
    return "{\"object\":{\"data\":{\"object\":{\"name\":\"User "
        + id
        + "\",\"email\":\"user"
        + id
        + "@example.com\",\"team\":"
        + id / Dataset.USERS_PER_TEAM
        + "}}}}";
  }

  /** The contents of a to-do, about 150 bytes. */
  private static String contents(int id, int owner) {
    return "{\"object\":{\"data\":{\"object\":{\"owner\":"
        + user(owner)
        + ",\"title\":\""
        + Dataset.title(id)
        + "\",\"done\":false,\"priority\":"
        + Dataset.priority(id)
        + ",\"tags\":[\"home\",\"weekly\"]}}}}";
  }

  private static String document(String collection, int id) {
    return "{\"ref\":{\"collection\":\"" + collection + "\"},\"id\":\"" + id + "\"}";
  }

  private static String todo(int id) {
    return document("todos", id);
  }

  private static String user(int id) {
    return document("users", id);
  }

  private static String get(String ref) {
    return "{\"get\":" + ref + "}";
  }

  private static String match(String index, String term) {
    return "{\"match\":{\"index\":\"" + index + "\"},\"terms\":" + term + "}";
  }

  private static String page(String set, String options) {
    return "{\"paginate\":" + set + options + "}";
  }
}
