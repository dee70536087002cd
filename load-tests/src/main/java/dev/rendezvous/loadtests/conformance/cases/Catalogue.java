package dev.rendezvous.loadtests.conformance.cases;

import dev.rendezvous.loadtests.conformance.ConformanceCase;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** All cases, by what they are about. */
public final class Catalogue {
  private Catalogue() {}

  /** Titles of the table, in its order, and their cases. */
  public static Map<String, List<ConformanceCase>> cases() {
    var all = new LinkedHashMap<String, List<ConformanceCase>>();
    all.put("Where a request ends", FramingCases.cases());
    all.put("Chunks", ChunkCases.cases());
    all.put("The head of a request", HeadCases.cases());
    all.put("Host and target", HostCases.cases());
    all.put("Paths", PathCases.cases());
    all.put("Fields of one connection", FieldCases.cases());
    all.put("What a service is told", ForwardedCases.cases());
    all.put("Bodies of requests", BodyCases.cases());
    all.put("Answers", AnswerCases.cases());
    all.put("Answers that are broken", BrokenAnswerCases.cases());
    all.put("Connections, retries, failures", ConnectionCases.cases());
    all.put("WebSocket and events", UpgradeCases.cases());
    all.put("HTTP/2", Http2Cases.cases());
    all.put("HTTP/2 that is malformed", Http2MalformedCases.cases());
    return all;
  }
}
