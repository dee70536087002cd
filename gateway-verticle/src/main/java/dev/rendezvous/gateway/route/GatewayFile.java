package dev.rendezvous.gateway.route;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a gateway's file says; {@code routes.example.yaml} documents every field.
 *
 * @param routes the built-in ones where the file names none
 * @param server what holds for all routes
 * @param checks the path at which an instance is asked whether it is well, by service; one that is
 *     not here is only connected to
 */
record GatewayFile(RouteTable routes, ServerSettings server, Map<String, String> checks) {
  /** What a gateway without a file does. */
  static final GatewayFile BUILT_IN =
      new GatewayFile(RouteTable.BUILT_IN, ServerSettings.DEFAULTS, Map.of());

  /**
   * Reads the whole text strictly, or says what is wrong with it, and in which line.
   *
   * @param folder where relative names of files begin
   */
  static GatewayFile parse(String text, Path folder) throws InvalidFileException {
    var fields = Fields.ofText(text, List.of("routes", "checks", "server"));
    var routes = fields.mappings("routes", "route", RouteSection.FIELDS);
    var server = fields.mapping("server", ServerSection.FIELDS);
    return new GatewayFile(
        routes.isEmpty() ? RouteTable.BUILT_IN : RouteSection.read(routes),
        server == null ? ServerSettings.DEFAULTS : ServerSection.read(server, folder),
        checks(fields.mappings("checks", "check", List.of("service", "path"))));
  }

  private static Map<String, String> checks(List<Fields> section) throws InvalidFileException {
    var checks = new HashMap<String, String>();
    for (var check : section) {
      var service = check.required("service", RouteSection.A_SERVICE, RouteSection::service);
      var path = check.required("path", "a path such as /health/ready", RouteSection::path);
      if (checks.put(service, path) != null) {
        throw check.invalid("service", service + " has a check already");
      }
    }
    return Map.copyOf(checks);
  }
}
