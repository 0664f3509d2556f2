namespace Aios.Cli.RosTools;

/// <summary>
/// Keys while a bag plays or is recorded, as with <c>ros2 bag play</c> and <c>record</c>: space pauses and goes on, <c>s</c> (or the right arrow) plays the next
/// message, <c>+</c> and <c>-</c> (or up and down) change the rate by a tenth. One thread reads them, another asks.
/// </summary>
internal sealed class PlayControls
{
    private const double Step = 0.1;

    private readonly Lock _gate = new();
    private readonly TextWriter _output;
    private bool _isPaused;
    private double _rate;
    private int _steps;

    /// <summary>Begins at a rate.</summary>
    public PlayControls(double rate, bool isPaused, TextWriter output) => (_rate, _isPaused, _output) = (rate, isPaused, output);

    /// <summary>Times as fast as it was recorded.</summary>
    public double Rate
    {
        get
        {
            lock (_gate)
            {
                return _rate;
            }
        }
    }

    /// <summary>Whether nothing is to be played now.</summary>
    public bool IsPaused
    {
        get
        {
            lock (_gate)
            {
                return _isPaused;
            }
        }
    }

    /// <summary>Whether one message is to be played though it is paused; asked once for each.</summary>
    public bool TakeStep()
    {
        lock (_gate)
        {
            var isGiven = _steps > 0;
            _steps -= isGiven ? 1 : 0;
            return isGiven;
        }
    }

    /// <summary>Pauses or goes on.</summary>
    public void SetPaused(bool isPaused)
    {
        lock (_gate)
        {
            if (_isPaused != isPaused)
            {
                _isPaused = isPaused;
                _output.WriteLine(isPaused ? "Paused" : "Resumed");
            }
        }
    }

    /// <summary>Changes the rate.</summary>
    /// <returns>False where it is none.</returns>
    public bool TrySetRate(double rate)
    {
        lock (_gate)
        {
            var isRate = rate > 0 && double.IsFinite(rate);
            _rate = isRate ? rate : _rate;
            return isRate;
        }
    }

    /// <summary>Lets one message be played.</summary>
    /// <returns>False unless it is paused.</returns>
    public bool TryGiveStep()
    {
        lock (_gate)
        {
            _steps += _isPaused ? 1 : 0;
            return _isPaused;
        }
    }

    /// <summary>Reads keys on a thread of its own; it may wait for one for ever, so nobody waits for it.</summary>
    /// <param name="keys">Where they come from; null for nowhere.</param>
    public void Listen(TextReader? keys)
    {
        if (keys is not null)
        {
            new Thread(() => Read(keys)) { IsBackground = true, Name = "keys" }.Start();
        }
    }

    /// <summary>Reads keys until there are no more.</summary>
    public void Read(TextReader keys)
    {
        while (keys.Read() is >= 0 and var key)
        {
            Press((char)key);
        }
    }

    /// <summary>Does what a key says; keys without a meaning do nothing.</summary>
    public void Press(char key)
    {
        lock (_gate)
        {
            switch (key)
            {
                case ' ':
                    SetPaused(!_isPaused);
                    break;
                case 's':
                    TryGiveStep();
                    break;
                case '+' or '-':
                    _rate *= key == '+' ? 1 + Step : 1 - Step;
                    _output.WriteLine(FormattableString.Invariant($"Rate {_rate:0.##}"));
                    break;
                default:
                    break;
            }
        }
    }
}
