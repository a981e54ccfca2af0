using System.Net;
using System.Net.Sockets;
using Docker.DotNet;
using Verification.Stack;
using Verification.Stack.Engine;
using Verification.Stack.Images;
using Verification.Stack.Readiness;
using Verification.Stack.Sessions;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class MachineFaultTests
{
    private static readonly DockerApiException NoRange = new(
        HttpStatusCode.InternalServerError,
        """{"message":"all predefined address pools have been fully subnetted"}"""
    );

    private static readonly DockerApiException NoProgram = new(
        HttpStatusCode.BadRequest,
        """{"message":"exec: \"/app/dashboard\": stat /app/dashboard: no such file or directory"}"""
    );

    public static TheoryData<Exception, string> OfTheMachine =>
        new()
        {
            { new EngineMissingException(["unix:///x: none"]), "No Docker engine answers." },
            { new ImageException("mysql", ["here: none"], "Make it."), "No image for mysql." },
            {
                NoRange,
                "The Docker engine refused (500): all predefined address pools have been fully subnetted. No range of addresses is left"
            },
            {
                new StartException("mysql", InstanceRole.Mysql, "Awaited: it answers.", "", NoRange),
                "all predefined address pools have been fully subnetted"
            },
            {
                new StartException(
                    "mysql",
                    InstanceRole.Mysql,
                    "Awaited: it answers.",
                    "",
                    new HttpRequestException("Connection failed.", new SocketException((int)SocketError.ConnectionReset))
                ),
                "The Docker engine does not answer: Connection reset by peer"
            },
            {
                new HttpRequestException("Connection failed.", new SocketException((int)SocketError.ConnectionRefused)),
                "The Docker engine does not answer: Connection refused"
            },
            { new IOException("No space left on device : '/r/runs/x/stack.json'"), "No space left on device" },
        };

    public static TheoryData<Exception> OfThePlatform =>
        new()
        {
            new StartException("dashboard", InstanceRole.Dashboard, "Awaited: it answers.", "", NoProgram),
            new StartException("mysql", InstanceRole.Mysql, "Awaited: it answers.", "", new TimeoutException("late")),
            new StateNotSeenException("it answers", TimeSpan.FromSeconds(1), "nothing", new IOException("closed")),
            new InvalidOperationException("a fault of ours"),
        };

    [Theory]
    [MemberData(nameof(OfTheMachine))]
    public void What_the_machine_lacks_is_said_in_its_own_words(Exception failure, string said) =>
        Assert.Contains(said, MachineFault.Of(failure), StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(OfThePlatform))]
    public void What_may_be_the_platform_s_fault_is_no_fault_of_the_machine(Exception failure) => Assert.Null(MachineFault.Of(failure));
}
