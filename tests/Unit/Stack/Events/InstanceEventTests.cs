using System.Text.Json;
using Docker.DotNet.Models;
using Verification.Stack.Events;
using Xunit;

namespace Verification.Tests.Unit.Stack.Events;

public sealed class InstanceEventTests
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 11, 24, 8, 30, 15, TimeSpan.Zero).AddTicks(1_234_567);

    [Theory]
    [InlineData("die", "\"exitCode\":\"137\"", "die", "exit code 137")]
    [InlineData("kill", "\"signal\":\"9\"", "kill", "signal 9")]
    [InlineData("health_status: unhealthy", "\"image\":\"mysql\"", "health_status", "unhealthy")]
    [InlineData("oom", "\"image\":\"mysql\"", "oom", null)]
    [InlineData("unpause", "\"image\":\"mysql\"", "unpause", null)]
    public void What_happens_to_an_instance_is_told_with_its_time(string action, string attribute, string name, string? detail) =>
        Assert.Equal(
            new InstanceEvent(At, "mysql-1", name, detail),
            InstanceEvent.Of(Read(action, $"\"verification.instance\":\"mysql-1\",{attribute}"))
        );

    [Theory]
    [InlineData("exec_start: sh -c true", "\"verification.instance\":\"mysql-1\"")]
    [InlineData("die", "\"verification.run\":\"20261124-083015-4f2a\"")]
    [InlineData("", "\"verification.instance\":\"mysql-1\"")]
    public void What_the_suite_does_inside_and_what_is_no_instance_is_not(string action, string attributes) =>
        Assert.Null(InstanceEvent.Of(Read(action, attributes)));

    [Fact]
    public void What_has_no_time_belongs_to_no_moment() =>
        Assert.Null(
            InstanceEvent.Of(
                JsonSerializer.Deserialize<Message>(
                    """{"Type":"container","Action":"die","Actor":{"ID":"c0","Attributes":{"verification.instance":"mysql-1"}}}"""
                )!
            )
        );

    [Fact]
    public void The_engine_is_asked_for_a_time_to_the_nanosecond() => Assert.Equal("1795509015.123456700", EngineEvents.Timestamp(At));

    /// <summary>A message as the engine writes it.</summary>
    private static Message Read(string action, string attributes) =>
        JsonSerializer.Deserialize<Message>(
            $$$"""
            {"status":"{{{action}}}","id":"c0","from":"mysql","Type":"container","Action":"{{{action}}}",
             "Actor":{"ID":"c0","Attributes":{{{{attributes}}}}},"scope":"local","time":1795509015,"timeNano":1795509015123456789}
            """
        )!;
}
