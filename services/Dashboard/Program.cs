using SportBuff;
using SportBuff.Dashboard.Publishing;
using SportBuff.Dashboard.Validation;

return await ServiceHost.RunAsync(
    args,
    (builder, environment) =>
    {
        builder.Services.AddSingleton(BrokerOptions.Read(environment));
        builder.Services.AddSingleton<PublishMetrics>();
        builder.Services.AddSingleton<BuffPublisher>();
    },
    app =>
    {
        // The connection is there before the first POST needs it.
        app.Services.GetRequiredService<BuffPublisher>().Start();
        app.MapPost("/buff", PostBuff.HandleAsync);
        app.MapGet(
            "/readyz",
            (BuffPublisher publisher) =>
                publisher.IsConnected
                    ? Results.Text("ok")
                    : Results.Json(
                        new ReadinessProblem(["broker"]),
                        DashboardJson.Default.ReadinessProblem,
                        statusCode: StatusCodes.Status503ServiceUnavailable
                    )
        );
    }
);
