package io.refugium.database.sets;

import io.refugium.database.sets.SetPlan.Join;
import io.refugium.database.sets.SetPlan.JoinTarget;
import io.refugium.model.Ref;
import io.refugium.storage.Direction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * The merged targets of a join, each entry once. The source is read when the cursor is opened; the
 * targets are walked over in step and seek together.
 */
final class JoinCursor implements EntryCursor {
  private final Shape shape;
  private final List<Head.Live> heads;
  private final PriorityQueue<Head> queue;
  private boolean started;
  private Entry current;

  private JoinCursor(Shape shape, List<EntryCursor> targets, Direction direction) {
    this.shape = shape;
    this.heads = targets.stream().map(Head.Live::new).toList();
    int sign = direction == Direction.ASCENDING ? 1 : -1;
    this.queue = new PriorityQueue<>((a, b) -> sign * shape.compare(a.entry, b.entry));
  }

  static EntryCursor open(Join join, ReadContext context, Direction direction) {
    List<EntryCursor> targets = new ArrayList<>();
    for (SetPlan target : targets(join, context)) {
      targets.add(new BatchedCursor(target, context, direction));
    }
    Shape known = join.shape(context);
    Shape shape = known != null ? known : Cursors.merged(targets);
    return targets.isEmpty() ? new EmptyCursor(shape) : new JoinCursor(shape, targets, direction);
  }

  /** The target sets, each once. */
  static Set<SetPlan> targets(Join join, ReadContext context) {
    Set<SetPlan> targets = new LinkedHashSet<>();
    try (EntryCursor source = join.source().open(context, Direction.ASCENDING)) {
      for (int i = 0; i < Join.MAX_SOURCE_ENTRIES && source.next(); i++) {
        context.reader().checkDeadline();
        SetPlan target = target(join.target(), context, source.entry());
        if (target != null) {
          targets.add(target);
        }
      }
    }
    return targets;
  }

  static SetPlan target(JoinTarget target, ReadContext context, Entry entry) {
    return switch (target) {
      case JoinTarget.Index(Ref index) -> new SetPlan.Match(index, entry.key());
      case JoinTarget.Function(SetPlan.EntryFunction function, Shape _) ->
          function.apply(context, entry);
    };
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public boolean next() {
    if (!started) {
      started = true;
      current = null;
      heads.forEach(Head::advance);
      refill();
    }
    Entry last = current;
    while (!queue.isEmpty()) {
      Head head = queue.poll();
      Entry entry = head.entry;
      head.advance();
      if (head.entry != null) {
        queue.add(head);
      }
      if (last == null || !entry.isSame(last)) {
        current = entry;
        return true;
      }
    }
    return false;
  }

  @Override
  public Entry entry() {
    return current;
  }

  @Override
  public void seek(Bound bound) {
    started = true;
    current = null;
    heads.forEach(head -> head.skipTo(bound));
    refill();
  }

  private void refill() {
    queue.clear();
    for (Head head : heads) {
      if (head.entry != null) {
        queue.add(head);
      }
    }
  }

  @Override
  public void close() {
    heads.forEach(head -> head.cursor.close());
  }
}
