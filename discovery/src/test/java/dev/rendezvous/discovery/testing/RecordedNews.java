package dev.rendezvous.discovery.testing;

import dev.rendezvous.discovery.instance.ServiceInstance;
import dev.rendezvous.discovery.instance.ServiceNews;
import dev.rendezvous.discovery.registry.Source;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers everything that a source says. */
public class RecordedNews implements Source.Listener {

  private final List<ServiceNews> news = new CopyOnWriteArrayList<>();
  private final List<String> failures = new CopyOnWriteArrayList<>();

  @Override
  public void heard(ServiceNews update) {
    news.add(update);
  }

  @Override
  public void failed(String service, Throwable cause) {
    failures.add(cause.getMessage());
  }

  public List<ServiceNews> news() {
    return news;
  }

  public List<String> failures() {
    return failures;
  }

  /** The ports of the last news. */
  public List<Integer> ports() {
    return news.isEmpty()
        ? List.of()
        : news.get(news.size() - 1).instances().stream().map(ServiceInstance::port).toList();
  }
}
