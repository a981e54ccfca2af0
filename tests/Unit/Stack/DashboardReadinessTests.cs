using Verification.Stack.Components.Dashboard;
using Xunit;

namespace Verification.Tests.Unit.Stack;

public sealed class DashboardReadinessTests
{
    private readonly List<string> asked = [];

    [Fact]
    public async Task A_readiness_of_its_own_is_believed()
    {
        await AskAsync(app => app.MapGet("/readyz", () => "ready"));

        Assert.Equal(["GET /readyz"], asked);
    }

    [Fact]
    public Task A_readiness_of_its_own_that_says_no_is_believed() =>
        Assert.ThrowsAsync<HttpRequestException>(() => AskAsync(app => app.MapGet("/readyz", () => Results.StatusCode(503))));

    [Fact]
    public async Task A_Dashboard_with_nothing_but_the_contract_is_ready_and_is_sent_no_post()
    {
        await AskAsync(app => app.MapPost("/buff", () => Results.Empty));

        Assert.Equal(["GET /readyz", "GET /buff"], asked);
    }

    [Fact]
    public Task A_Dashboard_whose_readyz_takes_another_method_is_ready() =>
        AskAsync(app =>
        {
            app.MapPost("/readyz", () => Results.Empty);
            app.MapPost("/buff", () => Results.Empty);
        });

    [Fact]
    public Task A_Dashboard_that_answers_other_methods_with_404_is_ready_when_it_refuses_an_empty_post() =>
        AskAsync(app =>
            app.MapFallback(
                (HttpContext context) =>
                    context.Request is { Path.Value: "/buff", Method: "POST" } ? Results.BadRequest() : Results.NotFound()
            )
        );

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(502)]
    [InlineData(503)]
    public async Task What_answers_everything_alike_with_an_error_is_not_ready(int status)
    {
        var thrown = await Assert.ThrowsAsync<HttpRequestException>(() =>
            AskAsync(app => app.MapFallback(() => Results.StatusCode(status)))
        );

        Assert.Contains(status >= 500 ? $"{status}" : "no Dashboard", thrown.Message, StringComparison.Ordinal);
    }

    private async Task AskAsync(Action<WebApplication> map)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var app = builder.Build();
        app.Use(
            async (context, next) =>
            {
                asked.Add($"{context.Request.Method} {context.Request.Path}");
                await next(context);
            }
        );
        map(app);
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var http = new HttpClient();
        await DashboardReadiness.AskAsync(http, new Uri(app.Urls.Single()));
    }
}
