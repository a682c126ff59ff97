using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace EE569.Experiments.Watching;

/// <summary>
/// The page of a training that runs, served to browsers of this machine: curves grow by server-sent events, a button stops. Listens on 127.0.0.1 alone, and answers
/// neither pages of other sites nor names that others made lead here.
/// </summary>
internal sealed class TrainingServer : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100), Patience = TimeSpan.FromSeconds(5);

    private readonly WebApplication _server;
    private readonly string _data;
    private readonly CancellationTokenSource _stop;
    private readonly List<EpochRecord> _epochs = [];
    private TrainerChoice? _choice;
    private byte[]? _written;
    private int _watching;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private TrainingServer(int port, string data, CancellationToken cancellation)
    {
        (_data, _stop) = (data, CancellationTokenSource.CreateLinkedTokenSource(cancellation));

        // The empty builder reads no settings and no environment, which could make it listen elsewhere.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options => options.Listen(IPAddress.Loopback, port));
        _server = builder.Build();
        _server.Run(Answer);
    }

    /// <summary>Where the page is.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Says when the training is to end: at the page's button, or when the program is to.</summary>
    public CancellationToken Stopped => _stop.Token;

    /// <param name="port">The port; 0 for any that is free.</param>
    /// <param name="data">The file that is trained on.</param>
    /// <param name="cancellation">Ends the training too.</param>
    /// <exception cref="UserException">The port is not free.</exception>
    public static TrainingServer Start(int port, string data, CancellationToken cancellation)
    {
        var server = new TrainingServer(port, data, cancellation);
        try
        {
            server._server.StartAsync(cancellation).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException)
        {
            server.Dispose();
            throw new UserException($"The page cannot be served on port {port}: {exception.Message} Name another with --port, or none.", exception);
        }

        server.Address = new Uri(server._server.Urls.First());
        return server;
    }

    /// <summary>Shows another epoch.</summary>
    public void Show(TrainerChoice choice, EpochRecord epoch)
    {
        lock (_epochs)
        {
            _choice = choice;
            _epochs.Add(epoch);
        }

        Publish();
    }

    /// <summary>Shows the page that was written, in the browsers that watch; returns when they have it.</summary>
    public void Finish(string page)
    {
        _written = File.ReadAllBytes(page);
        Publish();
        var clock = Stopwatch.StartNew();
        while (Volatile.Read(ref _watching) > 0 && clock.Elapsed < Patience)
        {
            Thread.Sleep(10);
        }
    }

    public void Dispose()
    {
        using var soon = new CancellationTokenSource(Pause);
        try
        {
            _server.StopAsync(soon.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException)
        {
            // A browser held its connection: it is cut.
        }

        ((IDisposable)_server).Dispose();
        _stop.Dispose();
    }

    private void Publish() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private Task Answer(HttpContext context)
    {
        HttpRequest request = context.Request;
        string host = request.Host.Value ?? "", origin = request.Headers.Origin.ToString();
        if ((host != Address.Authority && host != $"localhost:{Address.Port}") || (origin.Length > 0 && origin != $"http://{host}"))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        context.Response.Headers.CacheControl = "no-store";
        switch ($"{request.Method} {request.Path}")
        {
            case "GET /":
                return SendPage(context);
            case "GET /events":
                return SendEvents(context);
            case "POST /stop":
                _stop.Cancel();
                context.Response.StatusCode = StatusCodes.Status204NoContent;
                return Task.CompletedTask;
            default:
                context.Response.StatusCode = StatusCodes.Status404NotFound;
                return Task.CompletedTask;
        }
    }

    private TrainingCourse? Course()
    {
        lock (_epochs)
        {
            return _choice is null ? null : new TrainingCourse(_choice, [.. _epochs], null, [], null);
        }
    }

    private async Task SendPage(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        if (_written is { } page)
        {
            await context.Response.Body.WriteAsync(page, context.RequestAborted);
            await context.Response.CompleteAsync();
            Interlocked.Decrement(ref _watching);
            return;
        }

        TrainingCourse? course = Course();
        using var writer = new StringWriter();
        string controls = $"""
            <section id="controls" data-epochs="{course?.Epochs.Count ?? 0}">
            <p id="status" role="status">{HtmlPage.Text(Status(course))}</p>
            <button type="button" id="stop">Stop and keep the best model</button>
            </section>

            """;
        if (course is null)
        {
            string title = HtmlPage.Text($"Training on {Path.GetFileName(_data)}");
            HtmlPage.Write(writer, title, _ => writer.WriteLine($"<header><h1>{title}</h1></header>\n<main>\n{controls}</main>"), "watch.js");
        }
        else
        {
            new TrainingPage(course, _data).WriteLive(writer, controls, "watch.js");
        }

        await context.Response.WriteAsync(writer.ToString(), context.RequestAborted);
    }

    /// <summary>Sends what is new after each epoch, at most ten times a second and a fifth of the time, until the training ends or the browser leaves.</summary>
    private async Task SendEvents(HttpContext context)
    {
        string last = context.Request.Headers["Last-Event-ID"].ToString();
        _ = int.TryParse(last.Length > 0 ? last : context.Request.Query["after"].ToString(), CultureInfo.InvariantCulture, out int sent);
        context.Response.ContentType = "text/event-stream";
        Interlocked.Increment(ref _watching);
        try
        {
            while (_written is null)
            {
                Task changed = Volatile.Read(ref _changed).Task;
                var clock = Stopwatch.StartNew();
                if (Course() is { } course && course.Epochs.Count > sent)
                {
                    string news = JsonSerializer.Serialize(new
                    {
                        status = Status(course),
                        figures = TrainingFigures.All(course, sent).Select(figure => new { id = figure.Id, table = figure.Data[0].Name, finding = figure.Finding, rows = figure.Data[0].ToJson() }),
                    });
                    sent = course.Epochs.Count;
                    await context.Response.WriteAsync($"id: {sent}\ndata: {news}\n\n", context.RequestAborted);
                }
                else
                {
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                }

                await Task.Delay(Pause + (4 * clock.Elapsed), context.RequestAborted);
                await (_written is null ? changed.WaitAsync(context.RequestAborted) : Task.CompletedTask);
            }

            await context.Response.WriteAsync("event: end\ndata:\n\n", context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            Interlocked.Decrement(ref _watching);
        }
    }

    private static string Status(TrainingCourse? course)
    {
        if (course is null)
        {
            return "Reading the table.";
        }

        double planned = course.Choice.Epochs;
        int done = course.Epochs.Count;
        double left = (planned - done) * course.Epochs.Skip(done - 10).Average(epoch => epoch.Seconds);
        return FormattableString.Invariant($"Epoch {done} of at most {planned}; at most {(left < 100 ? $"{left:F0} s" : $"{left / 60:F0} min")} left. The best so far is {course.KeptInWords}.");
    }
}
