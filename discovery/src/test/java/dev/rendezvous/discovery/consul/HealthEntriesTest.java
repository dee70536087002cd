package dev.rendezvous.discovery.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rendezvous.discovery.instance.ServiceInstance;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class HealthEntriesTest {

  private static List<ServiceInstance> parse(String json) {
    return HealthEntries.parse("s", Buffer.buffer(json));
  }

  @Test
  void carriesEverythingThatConsulTells() {
    ServiceInstance instance =
        parse(
                """
                [{"Node":{"Node":"n","Datacenter":"dc","Address":"10.0.0.1"},
                  "Service":{"ID":"i","Service":"s","Address":"10.0.0.2","Port":5001,
                    "Tags":["blue"],"Meta":{"management_port":"9001","version":"2"},
                    "Weights":{"Passing":3,"Warning":1}},"Checks":[]}]""")
            .get(0);
    assertThat(instance.host()).isEqualTo("10.0.0.2");
    assertThat(instance.port()).isEqualTo(5001);
    assertThat(instance.node()).isEqualTo("n");
    assertThat(instance.datacenter()).isEqualTo("dc");
    assertThat(instance.weight()).isEqualTo(3);
    assertThat(instance.tags()).containsExactly("blue");
    assertThat(instance.metadata()).containsEntry("version", "2");
    assertThat(instance.managementPort()).isEqualTo(9001);
  }

  @Test
  void takesTheNodesAddressWhereTheServiceHasNoneAndNullsForEmpty() {
    ServiceInstance instance =
        parse(
                """
                [{"Node":{"Node":"n","Address":"10.0.0.1"},
                  "Service":{"ID":"i","Address":"","Port":1,"Tags":null,"Meta":null}}]""")
            .get(0);
    assertThat(instance.host()).isEqualTo("10.0.0.1");
    assertThat(instance.weight()).isEqualTo(1);
    assertThat(instance.managementPort()).isNull();
  }

  @Test
  void leavesOutWhatHasNoAddress() {
    assertThat(
            parse(
                """
                [{"Node":{"Node":"n","Address":"10.0.0.1"},"Service":{"ID":"i","Port":0}},
                 {"Node":{"Node":"n"},"Service":{"ID":"j","Port":1}}]"""))
        .isEmpty();
  }

  @Test
  void anythingElseIsAFailureAndNotAnEmptyList() {
    assertThatThrownBy(() -> parse("{}")).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> parse("[{}]")).isInstanceOf(RuntimeException.class);
    assertThatThrownBy(() -> parse("[{\"Node\"")).isInstanceOf(RuntimeException.class);
  }
}
