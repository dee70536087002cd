package dev.rendezvous.chassis.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.SchemaRepository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** An OpenAPI 3.1 contract that answers are held against; each that differs fails the test. */
public final class Contract {
  private static final String BASE = "http://contract/";

  private final JsonObject document;
  private final SchemaRepository schemas;

  /** Operations and the statuses that they had; clients of several threads add to it. */
  private final Set<String> seen = ConcurrentHashMap.newKeySet();

  private Contract(JsonObject document) {
    this.document = document;
    var options = new JsonSchemaOptions().setBaseUri(BASE).setDraft(Draft.DRAFT202012);
    // A copy: the repository adds fields of its own to what it is given.
    var schema = JsonSchema.of(document.copy());
    this.schemas = SchemaRepository.create(options).dereference(BASE, schema);
  }

  public static Contract load(String file) {
    try (var stream = Contract.class.getClassLoader().getResourceAsStream(file)) {
      var yaml = new ObjectMapper(new YAMLFactory());
      @SuppressWarnings("unchecked")
      Map<String, Object> document = yaml.readValue(stream, Map.class);
      return new Contract(new JsonObject(new ObjectMapper().writeValueAsString(document)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The paths, and what {@code Allow} must say at each of them. */
  public Map<String, Set<String>> allowed() {
    var allowed = new TreeMap<String, Set<String>>();
    for (var path : document.getJsonObject("paths")) {
      var methods = new TreeSet<String>();
      for (var name : ((JsonObject) path.getValue()).fieldNames()) {
        if (!name.equals("parameters")) {
          methods.add(name.toUpperCase(Locale.ROOT));
        }
      }
      if (methods.contains("GET")) {
        methods.add("HEAD");
      }
      allowed.put(path.getKey(), methods);
    }
    return allowed;
  }

  /** Fails unless each operation has succeeded at least once before this client's eyes. */
  public void checkEveryOperationSucceeded() {
    for (var path : document.getJsonObject("paths")) {
      for (var entry : (JsonObject) path.getValue()) {
        if (entry.getValue() instanceof JsonObject operation
            && seen.stream()
                .noneMatch(it -> it.startsWith(operation.getString("operationId") + " 2"))) {
          throw new AssertionError(operation.getString("operationId") + " never succeeded");
        }
      }
    }
  }

  /** Fails unless the contract allows this answer. */
  void check(String method, String path, HttpResponse<String> response) {
    var status = Integer.toString(response.statusCode());
    var operation = operation(method, path);
    if (operation == null) {
      check404or405(method, path, response);
      return;
    }
    var expected = resolve(operation.getJsonObject("responses").getJsonObject(status));
    if (expected == null) {
      throw new AssertionError("%s %s may not answer %s".formatted(method, path, status));
    }
    checkHeaders(expected, response);
    var content = expected.getJsonObject("content");
    if (content == null || method.equals("HEAD")) {
      if (!response.body().isEmpty()) {
        throw new AssertionError("%s must have no body".formatted(status));
      }
    } else {
      checkBody(content, response);
    }
    seen.add("%s %s".formatted(operation.getString("operationId"), status));
  }

  private void check404or405(String method, String path, HttpResponse<String> response) {
    if (response.statusCode() != 404 && response.statusCode() != 405) {
      throw new AssertionError(
          "%s %s is not in the contract, answered %d"
              .formatted(method, path, response.statusCode()));
    }
    validate("#/components/schemas/Problem", new JsonObject(response.body()));
  }

  private void checkHeaders(JsonObject expected, HttpResponse<String> response) {
    for (var header : expected.getJsonObject("headers", new JsonObject())) {
      var declared = resolve((JsonObject) header.getValue());
      var value = response.headers().firstValue(header.getKey());
      var pattern = declared.getJsonObject("schema").getString("pattern", "");
      if (value.isEmpty() && declared.getBoolean("required", false)) {
        throw new AssertionError(header.getKey() + " is missing");
      }
      if (value.isPresent() && !Pattern.compile(pattern).matcher(value.get()).find()) {
        throw new AssertionError("%s: %s".formatted(header.getKey(), value.get()));
      }
    }
  }

  private void checkBody(JsonObject content, HttpResponse<String> response) {
    var type = response.headers().firstValue("Content-Type").orElse("none");
    if (!content.containsKey(type)) {
      throw new AssertionError("Content-Type " + type + " instead of " + content.fieldNames());
    }
    var ref = content.getJsonObject(type).getJsonObject("schema").getString("$ref");
    validate(ref, new JsonObject(response.body()));
  }

  private void validate(String ref, JsonObject body) {
    var schema = JsonSchema.of(new JsonObject().put("$ref", BASE + ref));
    var result = schemas.validator(schema).validate(body);
    if (!Boolean.TRUE.equals(result.getValid())) {
      throw new AssertionError(result.toJson().encodePrettily() + "\n" + body.encode());
    }
  }

  private JsonObject operation(String method, String path) {
    var name = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    for (var template : document.getJsonObject("paths")) {
      if (path.matches(template.getKey().replaceAll("\\{[^}]+}", "[^/]*"))) {
        return ((JsonObject) template.getValue()).getJsonObject(name);
      }
    }
    return null;
  }

  private JsonObject resolve(JsonObject object) {
    if (object == null || !object.containsKey("$ref")) {
      return object;
    }
    var found = document;
    for (var name : object.getString("$ref").substring(2).split("/", -1)) {
      found = found.getJsonObject(name);
    }
    return found;
  }
}
