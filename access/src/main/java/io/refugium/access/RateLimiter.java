package io.refugium.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.refugium.access.RateLimits.Rate;
import io.refugium.access.RateLimits.Resource;
import io.refugium.database.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Keeps databases within {@link RateLimits}, each with all that lies in it.
 *
 * <p>An allowance fills up with time, to what may be used in a second, and a request is let in
 * while something is left of it. What the request has cost is known when it has ended and is taken
 * away then, so one that costs more than is left puts its database in debt, which is paid before
 * the next is let in. The debt is bounded, and so is the number of databases that are remembered;
 * one that has used nothing for a while is as good as new and forgotten. Thread-safe.
 */
final class RateLimiter {
  private static final double NANOS_PER_SECOND = 1e9;

  /** A debt is paid and an allowance full again long before a database is forgotten. */
  private static final Duration FORGOTTEN = Duration.ofMinutes(1);

  private final RateLimits limits;
  private final LongSupplier clock;
  private final Cache<Long, Account> accounts;

  /**
   * A limiter of all databases.
   *
   * @param clock counts nanoseconds, as {@link System#nanoTime}
   */
  RateLimiter(RateLimits limits, LongSupplier clock) {
    this.limits = limits;
    this.clock = clock;
    this.accounts =
        Caffeine.newBuilder()
            .maximumSize(AccessLimits.METERED_DATABASES)
            .expireAfterAccess(FORGOTTEN)
            .ticker(clock::getAsLong)
            .build();
  }

  /**
   * Lets a request in.
   *
   * @param database the one whose allowance it uses: see {@link
   *     io.refugium.database.catalog.DatabaseInfo#tenant}
   * @param opensStream whether it is for a stream, which is taken from the allowance here
   * @throws RateLimitExceeded when something that is limited is used up
   */
  void admit(long database, boolean opensStream) {
    if (!limits.isEmpty()) {
      account(database).admit(clock.getAsLong(), opensStream);
    }
  }

  /** Takes away what a request has cost, and notes which soft limits it has met. */
  void charge(long database, Metrics metrics) {
    if (limits.isEmpty()) {
      return;
    }
    Set<Resource> hit =
        account(database)
            .charge(
                clock.getAsLong(),
                Map.of(
                    Resource.COMPUTE, metrics.computeOps(),
                    Resource.READ, metrics.chargedReadOps(),
                    Resource.WRITE, metrics.writeOps()));
    metrics.limitsHit(hit.stream().map(Resource::label).toList());
  }

  private Account account(long database) {
    return accounts.get(database, _ -> new Account(limits, clock.getAsLong()));
  }

  /** What one database has left. */
  private static final class Account {
    private final Map<Resource, Allowance> allowances = new EnumMap<>(Resource.class);

    Account(RateLimits limits, long now) {
      for (Resource resource : Resource.values()) {
        Rate rate = limits.of(resource);
        if (rate != null) {
          allowances.put(resource, new Allowance(rate, now));
        }
      }
    }

    synchronized void admit(long now, boolean opensStream) {
      List<Resource> usedUp = new ArrayList<>(0);
      allowances.forEach(
          (resource, allowance) -> {
            allowance.refill(now);
            boolean concerns = resource != Resource.STREAMS || opensStream;
            if (concerns && !allowance.isLeft()) {
              usedUp.add(resource);
            }
          });
      if (!usedUp.isEmpty()) {
        throw new RateLimitExceeded(usedUp);
      }
      if (opensStream && allowances.containsKey(Resource.STREAMS)) {
        allowances.get(Resource.STREAMS).take(1);
      }
    }

    synchronized Set<Resource> charge(long now, Map<Resource, Long> costs) {
      Set<Resource> hit = EnumSet.noneOf(Resource.class);
      costs.forEach(
          (resource, cost) -> {
            Allowance allowance = allowances.get(resource);
            if (allowance != null) {
              allowance.refill(now);
              allowance.take(cost);
              if (allowance.isSoftlyExceeded()) {
                hit.add(resource);
              }
            }
          });
      return hit;
    }
  }

  /** What is left of one resource, by both of its limits. */
  private static final class Allowance {
    private final Rate rate;
    private double left;
    private double softlyLeft;
    private long since;

    Allowance(Rate rate, long now) {
      this.rate = rate;
      this.left = rate.hard();
      this.softlyLeft = rate.soft();
      this.since = now;
    }

    void refill(long now) {
      double seconds = Math.max(0, now - since) / NANOS_PER_SECOND;
      left = Math.min(rate.hard(), left + seconds * rate.hard());
      softlyLeft = Math.min(rate.soft(), softlyLeft + seconds * rate.soft());
      since = now;
    }

    void take(long cost) {
      left = Math.max(left - cost, -(double) rate.hard() * AccessLimits.MOST_DEBT_SECONDS);
      softlyLeft =
          Math.max(softlyLeft - cost, -(double) rate.soft() * AccessLimits.MOST_DEBT_SECONDS);
    }

    /** A whole operation: or whoever asks all the time would get in by a fraction of one. */
    boolean isLeft() {
      return left >= 1;
    }

    boolean isSoftlyExceeded() {
      return softlyLeft < 0;
    }
  }
}
