package cells

import (
	"encoding/json"
	"errors"
	"fmt"

	"toll/data"
	"toll/stats"
)

// Plan is a job and the pieces of work that it takes. Each can be done anywhere.
type Plan struct {
	Form   string // names the form and its version
	Job    Job
	Shards []Shard
}

const planForm = "toll plan 1"

// JSON writes the plan, a line for each piece of work.
func (p *Plan) JSON() []byte {
	p.Form = planForm
	b := append([]byte(`{"Form":"`+p.Form+`","Job":`), p.Job.json()...)
	b = append(b, ",\"Shards\":["...)
	for i := range p.Shards {
		if i > 0 {
			b = append(b, ',')
		}
		shard, err := json.Marshal(&p.Shards[i])
		if err != nil {
			panic("a shard cannot be written: " + err.Error()) // of strings and numbers alone
		}
		b = append(append(b, '\n'), shard...)
	}
	return append(b, "\n]}\n"...)
}

// ParsePlan reads a plan.
func ParsePlan(b []byte) (*Plan, error) {
	p := &Plan{}
	if err := json.Unmarshal(b, p); err != nil {
		return nil, fmt.Errorf("this is no plan that toll plan has written: %w", err)
	}
	if p.Form != planForm {
		return nil, errors.New("this is no plan that toll plan has written, or one of another version")
	}
	return p, nil
}

// Cut cuts every file of the plan into at most n parts.
func (p *Plan) Cut(open Open, n int) error {
	var all []Shard
	for _, s := range p.Shards {
		parts, err := Parts(p.Job, s, open, n)
		if err != nil {
			return fmt.Errorf("%s: %w", data.Visible(s.Name), err)
		}
		all = append(all, parts...)
	}
	p.Shards = all
	return nil
}

// Empty returns the cells of no records.
func (j Job) Empty() *Cells {
	return &Cells{Job: j, Tally: stats.NewPartial(j.Tally, j.Once)}
}
