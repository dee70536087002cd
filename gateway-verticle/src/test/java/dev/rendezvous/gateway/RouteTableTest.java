package dev.rendezvous.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTableTest {
  private final RouteTable table =
      new RouteTable(
          List.of(
              new Route("/users", "users"),
              new Route("/users/1/orders", "orders"),
              new Route("/u", "u")));

  @ParameterizedTest
  @CsvSource({
    "/users, users",
    "/users/, users",
    "/users/1, users",
    "/users/1/orders, orders",
    "/users/1/orders/2, orders",
    "/users/1/ordersx, users",
    "/u/x, u",
  })
  void takesTheLongestPathThatCovers(String path, String service) {
    assertThat(table.find(path)).extracting(Route::service).isEqualTo(service);
  }

  @ParameterizedTest
  @CsvSource({"/", "/usersx", "/Users", "/user", "/x/users"})
  void findsNothingElse(String path) {
    assertThat(table.find(path)).isNull();
  }

  @Test
  void theRootCoversEverything() {
    var all = new RouteTable(List.of(new Route("/", "all"), new Route("/users", "users")));
    assertThat(all.find("/")).extracting(Route::service).isEqualTo("all");
    assertThat(all.find("/x/y")).extracting(Route::service).isEqualTo("all");
    assertThat(all.find("/users/1")).extracting(Route::service).isEqualTo("users");
  }

  @Test
  void hasUsersAndOrdersBuiltIn() {
    assertThat(RouteTable.BUILT_IN.services())
        .containsExactlyInAnyOrder("user-service", "order-service");
  }
}
