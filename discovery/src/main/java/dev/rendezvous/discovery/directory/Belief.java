package dev.rendezvous.discovery.directory;

import dev.rendezvous.discovery.directory.Prober.Finding;
import dev.rendezvous.discovery.instance.InstanceKey;
import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.instance.ServiceNews;
import io.vertx.core.net.SocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is believed about one service, which is not always what its registry said last.
 *
 * <p>An update that removes more than half of the instances looks more like a registry that lost
 * its data than like instances that left. It is disbelieved: the removed stay for up to a minute as
 * long as they answer when they are asked. What a file remembers from an earlier life is treated
 * alike, except that it must answer before it is used.
 *
 * <p>A smaller removal is believed. Whoever left like that is asked again, and used if it answers,
 * when nobody else is left: when the registry names none, or when those that it names refuse. A
 * registry whose checks fail for a moment takes one half first and the other half next, and it must
 * not be empty here while one answers. Pure logic; used from one context.
 */
final class Belief {

  static final long DOUBT_NANOS = Duration.ofSeconds(60).toNanos();

  /** Probes without any answer before a doubted instance is given up. */
  private static final int SILENCES = 2;

  private final Map<InstanceKey, Doubt> doubts = new LinkedHashMap<>();
  private final Map<InstanceKey, Leaver> left = new LinkedHashMap<>();
  private final Set<SocketAddress> refusing = new HashSet<>();
  private List<ServiceInstance> told = List.of();
  private @Nullable ServiceNews news;
  private @Nullable ServiceNews memory;

  /** An instance that the registry no longer (or not yet) knows. */
  private static final class Doubt {
    final ServiceInstance instance;
    boolean used;
    long until;
    int silences;

    Doubt(ServiceInstance instance, boolean used, long until) {
      this.instance = instance;
      this.used = used;
      this.until = until;
    }
  }

  /** An instance whose removal was believed, at this time. */
  private record Leaver(ServiceInstance instance, long at) {}

  /** What a file knows from an earlier life of this process; ignored once there is news. */
  void remember(ServiceNews earlier) {
    if (news == null) {
      memory = earlier;
      earlier
          .instances()
          .forEach(one -> doubts.put(one.key(), new Doubt(one, false, Long.MAX_VALUE)));
    }
  }

  /**
   * Takes an update in.
   *
   * @return whether the removal in it was disbelieved
   */
  boolean hear(ServiceNews update, long now) {
    Set<InstanceKey> named = new HashSet<>();
    Set<SocketAddress> taken = new HashSet<>();
    update
        .instances()
        .forEach(
            instance -> {
              named.add(instance.key());
              taken.add(instance.address());
            });
    List<ServiceInstance> before = news == null ? doubted() : told;
    List<ServiceInstance> gone =
        before.stream().filter(instance -> !named.contains(instance.key())).toList();
    boolean disbelieved = gone.size() * 2 > before.size();
    if (news == null) {
      doubts.values().removeIf(doubt -> !disbelieved);
      doubts.values().forEach(doubt -> doubt.until = now + DOUBT_NANOS);
    } else if (disbelieved) {
      gone.forEach(one -> doubts.put(one.key(), new Doubt(one, true, now + DOUBT_NANOS)));
    } else {
      gone.forEach(one -> left.put(one.key(), new Leaver(one, now)));
    }
    left.keySet().removeAll(named);
    left.values().removeIf(leaver -> taken.contains(leaver.instance().address()));
    doubts.keySet().removeAll(named);
    doubts.values().removeIf(doubt -> taken.contains(doubt.instance.address()));
    told = update.instances();
    news = update;
    refusing.clear();
    if (told.isEmpty()) {
      recall(now);
    }
    return disbelieved && !doubts.isEmpty();
  }

  /**
   * The instance refused a connection.
   *
   * @return whether there is somebody new to be asked, because all that the registry names refuse
   */
  boolean refused(ServiceInstance instance, long now) {
    if (told.contains(instance)) {
      refusing.add(instance.address());
    }
    boolean nobody = told.stream().allMatch(one -> refusing.contains(one.address()));
    return nobody && recall(now);
  }

  /** Whether so few are left that it matters whether they are there. */
  List<ServiceInstance> survivors() {
    return left.isEmpty() || told.size() != 1 ? List.of() : told;
  }

  /** Those that left lately are doubted, too: they are used again as soon as they answer. */
  private boolean recall(long now) {
    left.values().removeIf(leaver -> now - leaver.at() >= DOUBT_NANOS);
    boolean any = !left.isEmpty();
    left.forEach(
        (key, leaver) ->
            doubts.putIfAbsent(key, new Doubt(leaver.instance(), false, now + DOUBT_NANOS)));
    left.clear();
    return any;
  }

  /** Those who must be asked whether they are there. */
  List<ServiceInstance> doubted() {
    return doubts.values().stream().map(doubt -> doubt.instance).toList();
  }

  Set<InstanceKey> doubtedKeys() {
    return Set.copyOf(doubts.keySet());
  }

  /** What a doubted instance said when it was asked. */
  void found(ServiceInstance asked, Finding finding) {
    Doubt doubt = doubts.get(asked.key());
    if (doubt == null || !doubt.instance.equals(asked)) {
      return; // the answer comes too late: it is about another address
    }
    doubt.silences = finding == Finding.SILENT ? doubt.silences + 1 : 0;
    if (finding == Finding.ANSWERS) {
      doubt.used = true;
    } else if (finding == Finding.NOT_READY && doubt.used && isLastWhileOthersAreAsked()) {
      return; // it can still do some work, and must not leave a gap before the others have answered
    } else if (finding != Finding.SILENT || doubt.silences >= SILENCES) {
      giveUp(doubt);
    }
  }

  private boolean isLastWhileOthersAreAsked() {
    return instances().size() == 1 && doubts.values().stream().anyMatch(other -> !other.used);
  }

  /** While no registry can be asked, one that does not answer now may do so later. */
  private void giveUp(Doubt doubt) {
    if (news == null) {
      doubt.used = false;
    } else {
      doubts.remove(doubt.instance.key());
    }
  }

  /** Ends the doubts whose time is over: the registry was right after all. */
  void expire(long now) {
    doubts.values().removeIf(doubt -> doubt.until != Long.MAX_VALUE && doubt.until - now <= 0);
  }

  /** The instances to use: one an address, those that the registry names before the doubted. */
  private List<ServiceInstance> instances() {
    Set<SocketAddress> seen = new HashSet<>();
    List<ServiceInstance> all = new ArrayList<>();
    told.stream().filter(instance -> seen.add(instance.address())).forEach(all::add);
    doubts.values().stream()
        .filter(doubt -> doubt.used && seen.add(doubt.instance.address()))
        .forEach(doubt -> all.add(doubt.instance));
    return all;
  }

  /** Whether the source itself was heard. */
  boolean hasNews() {
    return news != null;
  }

  /** The news as it is believed, null before anything is known that can be used. */
  @Nullable ServiceNews believed() {
    List<ServiceInstance> instances = instances();
    ServiceNews base = news != null || instances.isEmpty() ? news : memory;
    return base == null ? null : base.withInstances(instances);
  }
}
