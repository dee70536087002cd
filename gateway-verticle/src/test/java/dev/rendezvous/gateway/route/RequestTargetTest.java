package dev.rendezvous.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestTargetTest {

  @ParameterizedTest
  @CsvSource({
    "/, /, /",
    "/users, /users, /users",
    "/users?a=b?c, /users, /users?a=b?c",
    "/?, /, /?",
    "//a///b/, /a/b/, /a/b/",
    "/%7euser/%41%2d, /~user/A-, /~user/A-",
    "/%c3%A9?%zz, /%C3%A9, /%C3%A9?%zz",
    "/.well-known/a.b./..., /.well-known/a.b./..., /.well-known/a.b./...",
    "/a%20b, /a%20b, /a%20b",
    "/a;v=1/b, /a;v=1/b, /a;v=1/b",
  })
  void hasOneFormForRoutingAndForwarding(String target, String path, String uri) {
    assertThat(RequestTarget.parse(target)).isEqualTo(new RequestTarget(path, uri));
  }

  @Test
  void isTheSameObjectWhereNothingHasToChange() {
    var target = "/users/1";
    assertThat(RequestTarget.parse(target))
        .satisfies(parsed -> assertThat(parsed.uri()).isSameAs(target))
        .satisfies(parsed -> assertThat(parsed.path()).isSameAs(target));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "users",
        "*",
        "?a",
        "/..",
        "/../a",
        "/a/..",
        "/a/../b",
        "/a/./b",
        "/.",
        "/a/%2e",
        "/a/.%2E/b",
        "/a/..;x=1/b",
        "/a/.;/b",
        "/a//../b",
        "/a%2fb",
        "/a%2Fb",
        "/a%5cb",
        "/a\\b",
        "/a%00",
        "/a%1f",
        "/a%7f",
        "/a%",
        "/a%4",
        "/a%g0",
        "/a b",
        "/a#b",
        "/a?b#c",
        "/a?b c",
        "/a\u00e9",
        "/a?\u00e9",
        "/a|b",
        "/a^b",
        "/a{b}",
        "/<a>",
        "/\"a\"",
      })
  void refusesWhatServicesReadDifferently(String target) {
    assertThat(RequestTarget.parse(target)).isNull();
  }
}
