package io.refugium.benchmarks.load;

/**
 * What PostgreSQL is asked in the place of a workload: scripts of {@code pgbench} over the tables
 * of {@link PostgresPeer}. {@code :documents} and {@code :users} stand for the size of the data.
 */
enum PeerQuery {
  READ(
      """
      \\set id random(0, :documents - 1)
      select * from todos where id = :id;
      """),
  READ_OWN(
      """
      \\set n random(0, :documents / :users - 1)
      select * from todos where id = 1 + :users * :n;
      """),
  PAGE(
      """
      \\set owner random(0, :users - 1)
      select id from todos where owner = :owner order by id limit 65;
      """),
  PAGE_OF_DOCUMENTS(
      """
      \\set owner random(0, :users - 1)
      select * from todos where owner = :owner order by id limit 65;
      """),
  DEEP_PAGE(
      """
      \\set priority random(0, 9)
      \\set id random(0, :documents - 1)
      select id from todos where priority = :priority and id >= :id order by id limit 65;
      """),
  LIST_OWN("select * from todos order by id limit 11;\n"),
  INTERSECTION(
      """
      \\set owner random(0, :users - 1)
      \\set priority random(0, 9)
      select id from todos where owner = :owner and priority = :priority order by id limit 65;
      """),
  JOIN(
      """
      \\set team random(0, :users / 8 - 1)
      select t.id from users u join todos t on t.owner = u.id where u.team = :team order by t.id limit 65;
      """),
  PROJECTION(
      """
      \\set owner random(0, :users - 1)
      select t.title, t.done, u.name from todos t join users u on u.id = t.owner where t.owner = :owner order by t.id limit 17;
      """),
  CALL(
      """
      \\set id random(0, :documents - 1)
      select todo_title(:id);
      """),
  LOGIN(
      """
      insert into tokens select gen_random_uuid(), id from users
        where email = 'user1@example.com' and password = crypt('open sesame', password) returning *;
      """),
  CREATE(
      """
      \\set owner random(1000000, 1100000)
      insert into todos values (nextval('ids'), :owner, 'Water the plants of neighbour', false, 3, '{home,weekly}') returning *;
      """),
  UPDATE(
      """
      \\set id random(0, :documents - 1)
      \\set p random(0, 9)
      update todos set done = true, priority = :p where id = :id returning *;
      """),
  COUNT("update counters set n = n + 1 where id = 1 returning *;\n");

  private final String script;

  PeerQuery(String script) {
    this.script = script;
  }

  String script(int documents, int users) {
    return script
        .replace(":documents", String.valueOf(documents))
        .replace(":users", String.valueOf(users));
  }
}
