using System.Net;
using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Verification.Platform;
using Verification.Testing;
using Xunit;

namespace Verification.Tests.Unit.Platforms;

/// <summary>Both transports, against a server in this process.</summary>
public sealed class TransportTests : IAsyncLifetime
{
    private readonly List<(string Method, string Path, string? ContentType, byte[] Body)> seen = [];
    private readonly WebApplication server;

    public TransportTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            seen.Add((context.Request.Method, context.Request.Path, context.Request.Headers.ContentType, body.ToArray()));
            if (context.Request.Path == "/elsewhere")
                context.Response.Redirect("/buffs");
            else if (context.Request.Path == "/bad")
                context.Response.StatusCode = 400;
            else if (context.Request.Path == "/abort")
                context.Abort();
            else if (context.Request.Path == "/slow")
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            else
                context.Response.ContentType = "text/plain; charset=utf-8";
            if (context.Request.Path != "/abort")
                await context.Response.WriteAsync("né", context.RequestAborted);
        });
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private Uri Address => new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    public static TheoryData<string, HttpTransportFactory> Transports =>
        new()
        {
            { "HttpClient", (service, deadline) => new HttpTransport(service, deadline) },
            { "RestSharp", (service, deadline) => new RestTransport(service, deadline) },
        };

    public async ValueTask InitializeAsync() => await server.StartAsync(Cancellation);

    public async ValueTask DisposeAsync() => await server.DisposeAsync();

    [Theory]
    [MemberData(nameof(Transports), DisableDiscoveryEnumeration = true)]
    public async Task The_bytes_and_the_content_type_on_the_wire_are_what_was_said(string name, HttpTransportFactory make)
    {
        byte[] body = [.. "{\"question\": \"né \ud83d\ude00"u8, 0xC3, 0x28, 0xFF];
        using var transport = make(Address, TimeSpan.FromSeconds(10));
        foreach (var type in new[] { "application/json", "application/json;charset=UTF-8", "text/plain", "no type at all" })
        {
            await transport.SendAsync(new HttpQuestion(HttpMethod.Post, "/buff") { Body = body, ContentType = type }, Cancellation);
            Assert.Equal(("POST", "/buff", type), (seen[^1].Method, seen[^1].Path, seen[^1].ContentType));
            Assert.Equal(body, seen[^1].Body);
        }

        await transport.SendAsync(new HttpQuestion(HttpMethod.Post, "/buff") { Body = body, ContentType = string.Empty }, Cancellation);
        Assert.True(seen[^1].ContentType is null, $"{name} sent the content type {seen[^1].ContentType}");
    }

    [Theory]
    [MemberData(nameof(Transports), DisableDiscoveryEnumeration = true)]
    public async Task An_answer_is_an_answer_whatever_its_status(string name, HttpTransportFactory make)
    {
        using var transport = make(Address, TimeSpan.FromSeconds(10));

        var listed = await transport.SendAsync(new HttpQuestion(HttpMethod.Get, "/buffs"), Cancellation);
        var refused = await transport.SendAsync(
            new HttpQuestion(HttpMethod.Post, "/bad") { Body = "{}"u8.ToArray(), ContentType = "application/json" },
            Cancellation
        );
        var moved = await transport.SendAsync(new HttpQuestion(HttpMethod.Get, "/elsewhere"), Cancellation);

        Assert.Equal((200, "né", "text/plain; charset=utf-8", null), (listed.Status, listed.Body, listed.ContentType, listed.Error));
        Assert.Equal((400, "né"), (refused.Status, refused.Body));
        Assert.True(moved.Status == (int)HttpStatusCode.Found, $"{name} followed a redirection: {moved.Status}");
    }

    [Theory]
    [MemberData(nameof(Transports), DisableDiscoveryEnumeration = true)]
    public async Task No_answer_is_told_with_its_reason(string name, HttpTransportFactory make)
    {
        using var transport = make(Address, TimeSpan.FromSeconds(10));
        var broken = await transport.SendAsync(new HttpQuestion(HttpMethod.Get, "/abort"), Cancellation);
        using var hasty = make(Address, TimeSpan.FromMilliseconds(200));
        var late = await hasty.SendAsync(new HttpQuestion(HttpMethod.Get, "/slow"), Cancellation);
        // Nobody listens on port 1.
        using var nobody = make(new Uri("http://127.0.0.1:1"), TimeSpan.FromSeconds(10));
        var refused = await nobody.SendAsync(new HttpQuestion(HttpMethod.Post, "/buff") { Body = [1] }, Cancellation);

        Assert.All(new[] { broken, late, refused }, answer => Assert.True(answer is { Status: 0, Error: not null }, $"{name}: {answer}"));
        Assert.Equal(
            [Verification.Objectives.Outcome.Info, Verification.Objectives.Outcome.Info, Verification.Objectives.Outcome.Fail],
            new[] { broken, late, refused }.Select(answer => Outcomes.OfPost(0, answer.Error))
        );
    }

    [Fact]
    public void A_buff_is_written_raw_or_in_escapes()
    {
        var buff = new BuffToPost("né 🎉") { Answers = ["語"] };

        Assert.Equal("{\"question\":\"né 🎉\",\"answers\":[\"語\"]}", Encoding.UTF8.GetString(buff.Body()));
        Assert.Equal(
            "{\"question\":\"n\\u00E9 \\uD83C\\uDF89\",\"answers\":[\"\\u8A9E\"]}",
            Encoding.UTF8.GetString((buff with { Escaped = true }).Body())
        );
    }
}
