package dev.rendezvous.gateway;

import dev.rendezvous.chassis.problem.Problem;
import dev.rendezvous.chassis.problem.ProblemType;
import dev.rendezvous.chassis.problem.StandardProblems;
import dev.rendezvous.discovery.call.CallFailure;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can go wrong with a request, and what follows from it: status, problem, and the
 * label under which log and metrics count it.
 *
 * <p>The details name nothing that is inside; who failed, and how, is in the log.
 */
enum Failure {
  /** What is no HTTP at all, or a version of it that is not spoken here. */
  MALFORMED(StandardProblems.MALFORMED_REQUEST, "the request is not valid HTTP"),
  LINE_TOO_LONG(StandardProblems.URI_TOO_LONG, "the request line is over its limit"),
  FIELDS_TOO_LARGE(
      StandardProblems.HEADERS_TOO_LARGE, "the header fields are over their limit or too many"),
  BAD_TARGET(GatewayProblems.BAD_TARGET, "the path or the form of the request target"),
  BAD_HOST(GatewayProblems.BAD_HOST, "exactly one valid Host is needed"),
  BAD_BODY(GatewayProblems.BAD_BODY, "the framing of the body is broken"),
  NO_ROUTE(GatewayProblems.NO_ROUTE, "no route leads to this path"),
  METHOD_REFUSED(
      GatewayProblems.METHOD_REFUSED,
      "CONNECT and TRACE end here",
      Map.of("Allow", Failure.FORWARDED_METHODS)),
  SLOW_HEAD(GatewayProblems.SLOW_REQUEST, "the head did not arrive in time"),
  /** The answer carries {@code Allow}. */
  METHOD_NOT_ROUTED(GatewayProblems.METHOD_NOT_ROUTED, "see Allow"),
  SLOW_REQUEST(GatewayProblems.SLOW_REQUEST, "the body did not arrive in time"),
  REQUEST_TOO_LARGE(GatewayProblems.REQUEST_TOO_LARGE, "send less"),
  RATE_LIMITED(GatewayProblems.RATE_LIMITED, "try again", Map.of("Retry-After", "1")),
  /** A defect of the gateway; the log has the exception. */
  GATEWAY_ERROR(GatewayProblems.GATEWAY_ERROR, "the log has the cause, by trace_id"),
  UPSTREAM_UNREACHABLE(GatewayProblems.UPSTREAM_UNREACHABLE, "no connection could be made"),
  UPSTREAM_BROKEN(GatewayProblems.UPSTREAM_BROKEN, "the connection ended before its answer did"),
  NO_INSTANCE(GatewayProblems.NO_INSTANCE, "try again", Map.of("Retry-After", "1")),
  GATEWAY_OVERLOADED(GatewayProblems.GATEWAY_OVERLOADED, "try again", Map.of("Retry-After", "1")),
  ROUTE_FULL(GatewayProblems.ROUTE_FULL, "try again", Map.of("Retry-After", "1")),
  UPSTREAM_TIMEOUT(GatewayProblems.UPSTREAM_TIMEOUT, "no answer within the limit of the route"),
  /** The answer began but did not end within the time of the whole exchange. */
  EXCHANGE_TIMEOUT(GatewayProblems.UPSTREAM_TIMEOUT, "not finished within the limit of the route"),
  /** An event stream or a WebSocket was silent for too long; its head was sent long ago. */
  STREAM_IDLE(GatewayProblems.UPSTREAM_TIMEOUT, "silent for longer than the route allows"),
  /** The client went away; logged as 499, as nginx does, and never sent. */
  CLIENT_GONE(null, "");

  /** What {@code Allow} says of the gateway as a whole. */
  static final String FORWARDED_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

  private static final int CLIENT_CLOSED_REQUEST = 499;

  @SuppressWarnings("ImmutableEnumChecker") // a record of strings and a copied map
  private final @Nullable Problem problem;

  private final String label = name().toLowerCase(Locale.ROOT);

  Failure(@Nullable ProblemType type, String detail) {
    this(type, detail, Map.of());
  }

  Failure(@Nullable ProblemType type, String detail, Map<String, String> headers) {
    this.problem = type == null ? null : new Problem(type, detail, headers);
  }

  /** What the client is told; null when there is nobody to tell. */
  @Nullable Problem problem() {
    return problem;
  }

  /** The same with fields that belong to one occurrence, in place of the usual ones. */
  @Nullable Problem problem(Map<String, String> headers) {
    return problem == null || headers.isEmpty()
        ? problem
        : new Problem(problem.type(), problem.detail(), headers);
  }

  int status() {
    return problem == null ? CLIENT_CLOSED_REQUEST : problem.type().status();
  }

  /** The cause in log and metrics. */
  String label() {
    return label;
  }

  /** What a call that got no answer means for whoever waits for it. */
  static Failure of(Throwable failure) {
    if (!(failure instanceof CallFailure call)) {
      return GATEWAY_ERROR;
    }
    return switch (call.reason()) {
      case NO_INSTANCE -> NO_INSTANCE;
      case REFUSED, CONNECT_TIMEOUT -> UPSTREAM_UNREACHABLE;
      case FIRST_BYTE_TIMEOUT, DEADLINE -> UPSTREAM_TIMEOUT;
      case CONNECTION_LOST -> UPSTREAM_BROKEN;
      case OVERLOADED -> GATEWAY_OVERLOADED;
      case CANCELLED -> CLIENT_GONE;
    };
  }
}
