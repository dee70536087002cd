package dev.rendezvous.gateway;

import dev.rendezvous.chassis.problem.ProblemType;
import java.util.List;

/**
 * The failures that the gateway itself answers with.
 *
 * <p>No service uses one of these types, so that a client can tell "the gateway has no such route"
 * from "the service has no such user".
 */
public final class GatewayProblems {
  public static final ProblemType BAD_TARGET =
      new ProblemType("bad-target", 400, "The request target is not acceptable");
  public static final ProblemType BAD_HOST =
      new ProblemType("bad-host", 400, "The request does not name exactly one host");
  public static final ProblemType BAD_BODY =
      new ProblemType("bad-body", 400, "The body is not framed as HTTP demands");
  public static final ProblemType NO_ROUTE =
      new ProblemType("no-route", 404, "No service is behind this path");
  public static final ProblemType METHOD_REFUSED =
      new ProblemType("method-refused", 405, "The gateway does not forward this method");
  public static final ProblemType METHOD_NOT_ROUTED =
      new ProblemType("method-not-routed", 405, "No service takes this method at this path");
  public static final ProblemType SLOW_REQUEST =
      new ProblemType("slow-request", 408, "The request did not arrive in time");
  public static final ProblemType REQUEST_TOO_LARGE =
      new ProblemType("request-too-large", 413, "The body is over the limit of its route");
  public static final ProblemType RATE_LIMITED =
      new ProblemType("rate-limited", 429, "The client sends more often than the route allows");
  public static final ProblemType GATEWAY_ERROR =
      new ProblemType("gateway-error", 500, "The gateway failed");
  public static final ProblemType UPSTREAM_UNREACHABLE =
      new ProblemType("upstream-unreachable", 502, "The service cannot be reached");
  public static final ProblemType UPSTREAM_BROKEN =
      new ProblemType("upstream-broken", 502, "The service broke off or did not speak HTTP");
  public static final ProblemType NO_INSTANCE =
      new ProblemType("no-instance", 503, "No instance of the service is known");
  public static final ProblemType GATEWAY_OVERLOADED =
      new ProblemType("gateway-overloaded", 503, "Too many requests wait for the service");
  public static final ProblemType ROUTE_FULL =
      new ProblemType("route-full", 503, "The route has as many requests in flight as it may");
  public static final ProblemType UPSTREAM_TIMEOUT =
      new ProblemType("upstream-timeout", 504, "The service did not answer in time");

  private GatewayProblems() {}

  /** Each of them, for documentation and for tests that compare the two. */
  public static List<ProblemType> all() {
    return List.of(
        BAD_TARGET,
        BAD_HOST,
        BAD_BODY,
        NO_ROUTE,
        METHOD_REFUSED,
        METHOD_NOT_ROUTED,
        SLOW_REQUEST,
        REQUEST_TOO_LARGE,
        RATE_LIMITED,
        GATEWAY_ERROR,
        UPSTREAM_UNREACHABLE,
        UPSTREAM_BROKEN,
        NO_INSTANCE,
        GATEWAY_OVERLOADED,
        ROUTE_FULL,
        UPSTREAM_TIMEOUT);
  }
}
