// Five minutes with Refugium and an unmodified Fauna driver: npm install faunadb && node tour.js
const { Client, query: q } = require("faunadb");

const connect = (secret) => new Client({ secret, domain: "127.0.0.1", port: 8443, scheme: "http" });

async function main() {
  // The root secret makes a database and an admin key for it.
  const root = connect("secret");
  const name = "tour_" + Date.now();
  await root.query(q.CreateDatabase({ name }));
  const { secret } = await root.query(q.CreateKey({ role: "admin", database: q.Database(name) }));
  const admin = connect(secret);

  // Collections, and an index that finds a user by e-mail.
  await admin.query(q.Do(q.CreateCollection({ name: "users" }), q.CreateCollection({ name: "todos" })));
  await admin.query(
    q.CreateIndex({ name: "user_by_email", source: q.Collection("users"), terms: [{ field: ["data", "email"] }], unique: true }),
  );

  // Guests may do one thing: log in. The function runs with more rights than its callers have.
  await admin.query(
    q.CreateFunction({
      name: "login_user",
      role: "server",
      body: q.Query(
        q.Lambda(["email", "password"], q.Select("secret", q.Login(q.Match(q.Index("user_by_email"), q.Var("email")), { password: q.Var("password") }))),
      ),
    }),
  );
  await admin.query(q.CreateRole({ name: "guest", privileges: [{ resource: q.Function("login_user"), actions: { call: true } }] }));

  // Whoever is a document of `users` may create to-dos, and read those that are his own.
  const own = q.Query(q.Lambda("ref", q.Equals(q.Select(["data", "owner"], q.Get(q.Var("ref"))), q.CurrentIdentity())));
  await admin.query(
    q.CreateRole({
      name: "member",
      membership: { resource: q.Collection("users") },
      privileges: [{ resource: q.Collection("todos"), actions: { create: true, read: own } }],
    }),
  );

  const alice = await admin.query(
    q.Create(q.Collection("users"), { data: { email: "alice@example.com" }, credentials: { password: "wonderland" } }),
  );
  const hidden = await admin.query(q.Create(q.Collection("todos"), { data: { title: "Nobody's" } }));

  // A guest logs Alice in; the secret that comes back is hers.
  const guest = connect((await admin.query(q.CreateKey({ role: q.Role("guest") }))).secret);
  const hers = connect(await guest.query(q.Call("login_user", "alice@example.com", "wonderland")));
  const todo = await hers.query(q.Create(q.Collection("todos"), { data: { title: "Water the plants", owner: alice.ref } }));

  console.log("Alice reads her own:", (await hers.query(q.Get(todo.ref))).data.title);
  console.log("All that she sees:", (await hers.query(q.Paginate(q.Documents(q.Collection("todos"))))).data.length, "of 2");
  await hers.query(q.Get(hidden.ref)).catch((e) => console.log("Somebody else's:", e.message));
  await guest.query(q.Get(todo.ref)).catch((e) => console.log("As a guest:", e.message));
}

main().catch((e) => {
  console.error(e);
  process.exit(1);
});
